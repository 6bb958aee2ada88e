/**
 * The course of a sweep: shape after shape, then knob after knob, within a budget, and what is chosen in the end.
 *
 * <p>Imports all others but the command, and of kernels {@code Stands} alone.
 */
@NullMarked
package dev.tilesmith.sweep.course;

import org.jspecify.annotations.NullMarked;
