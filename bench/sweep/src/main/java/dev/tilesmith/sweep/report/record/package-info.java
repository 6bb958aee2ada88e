/**
 * What a report is made of: the results of a sweep, and of peers, as their files have them.
 *
 * <p>Imports {@code spec} and {@code tune} alone.
 */
@NullMarked
package dev.tilesmith.sweep.report.record;

import org.jspecify.annotations.NullMarked;
