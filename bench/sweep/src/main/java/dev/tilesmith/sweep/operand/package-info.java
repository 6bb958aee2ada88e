/**
 * What is multiplied to measure: shapes, random rows and weights of every combination of formats, and weights that come from
 * memory.
 *
 * <p>Imports kernel-spec alone; the rest of this module imports it, and so does the bench.
 */
@NullMarked
package dev.tilesmith.sweep.operand;

import org.jspecify.annotations.NullMarked;
