/**
 * What the formats of a matrix multiplication become: a recipe for each combination of them that has kernels, whatever the
 * target.
 *
 * <p>Imports {@code model}, the annotations, and {@code program}, in whose terms recipes are written; knows nothing of
 * targets, nor of how programs become code.
 */
@NullMarked
package dev.tilesmith.processor.product.recipe;

import org.jspecify.annotations.NullMarked;
