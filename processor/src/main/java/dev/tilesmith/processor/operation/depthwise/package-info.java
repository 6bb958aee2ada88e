/**
 * The depthwise convolution of images, as an operation of the processor: what declares it, what of it is refused, how it is planned, and
 * the code of its families.
 *
 * <p>Imports what an operation is, and {@code processor.product} with its stages, of which its own are made; nothing imports it but the
 * list of operations.
 */
@NullMarked
package dev.tilesmith.processor.operation.depthwise;

import org.jspecify.annotations.NullMarked;
