/**
 * The report of a sweep: a page that stands by itself, with what was chosen, and all that was measured, in charts and in tables.
 * {@code Report} writes it, and {@code ReportCommand} is the command.
 *
 * <p>Imports {@code spec}, {@code tune}, and the packages within: {@code record}, what was measured; {@code chart} and {@code
 * markup}, what pages are made of.
 */
@NullMarked
package dev.tilesmith.sweep.report;

import org.jspecify.annotations.NullMarked;
