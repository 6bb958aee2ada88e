/**
 * What operations share whose kernels are products of matrices, whatever declares them: formats by recipes, tiles by plans, and
 * families of code, in packages within this one.
 *
 * <p>Imports those, what all operations share of reading, checking and emitting, and the annotations that say more of such
 * declarations; knows no operation.
 */
@NullMarked
package dev.tilesmith.processor.product;

import org.jspecify.annotations.NullMarked;
