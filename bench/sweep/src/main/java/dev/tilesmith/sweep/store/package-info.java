/**
 * What a sweep found, in memory and in files: a journal that is written as it goes, so that an interrupted sweep is gone on with,
 * and the result as JSON and as a tuning profile.
 *
 * <p>Imports kernel-spec, {@code operand}, {@code measure}, {@code plan} and {@code statistic}; it measures nothing.
 */
@NullMarked
package dev.tilesmith.sweep.store;

import org.jspecify.annotations.NullMarked;
