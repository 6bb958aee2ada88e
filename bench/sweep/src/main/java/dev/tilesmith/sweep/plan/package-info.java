/**
 * What a sweep is to measure: candidates, shapes, values of knobs, and how long.
 *
 * <p>Imports kernel-spec, {@code operand} and {@code measure}; it measures nothing.
 */
@NullMarked
package dev.tilesmith.sweep.plan;

import org.jspecify.annotations.NullMarked;
