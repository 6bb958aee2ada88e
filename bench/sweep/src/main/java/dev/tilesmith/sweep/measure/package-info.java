/**
 * How things are timed beside each other: in turns, in short batches, those that are surely slower no longer than that shows.
 *
 * <p>Imports {@code statistic} alone: it knows neither kernels nor shapes, and takes its clock from whoever uses it.
 */
@NullMarked
package dev.tilesmith.sweep.measure;

import org.jspecify.annotations.NullMarked;
