/**
 * The convolution of images, as an operation of the processor: what declares it, and what its kernels are.
 *
 * <p>Imports what an operation is, and {@code processor.product}, by which it is planned and written; nothing imports it but
 * the list of operations.
 */
@NullMarked
package dev.tilesmith.processor.operation.conv;

import org.jspecify.annotations.NullMarked;
