/**
 * The product of matrices, as an operation of the processor: its annotations, and what of its own the stages do, which lies
 * in packages within this one.
 *
 * <p>Imports those and what an operation is; nothing imports it but the list of operations.
 */
@NullMarked
package dev.tilesmith.processor.operation.matmul;

import org.jspecify.annotations.NullMarked;
