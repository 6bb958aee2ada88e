/**
 * Elements of pages and of charts, as values, which are written as XML that browsers read as HTML too.
 *
 * <p>Imports nothing of Tilesmith.
 */
@NullMarked
package dev.tilesmith.sweep.report.markup;

import org.jspecify.annotations.NullMarked;
