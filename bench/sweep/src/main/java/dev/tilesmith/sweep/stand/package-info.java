/**
 * Where candidates are made ready to be timed: kernels of a table, over operands that all candidates of a shape share.
 *
 * <p>Imports kernel-spec, {@code operand}, {@code plan} and {@code measure}. Whoever sweeps knows {@code Stands} and {@code
 * Stand} alone, which tests make up.
 */
@NullMarked
package dev.tilesmith.sweep.stand;

import org.jspecify.annotations.NullMarked;
