/**
 * Products of matrices in pairs, as an operation of the processor: what declares them, what of it is refused, and what their kernels
 * are.
 *
 * <p>Imports what an operation is, and {@code processor.product}, by which it is planned and written; nothing imports it but
 * the list of operations.
 */
@NullMarked
package dev.tilesmith.processor.operation.batch;

import org.jspecify.annotations.NullMarked;
