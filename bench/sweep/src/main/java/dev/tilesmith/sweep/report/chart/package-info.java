/**
 * Parts of charts: scales, axes, the area between them, and marks in it. A chart is SVG that stands still; what its colours are,
 * style sheets say.
 *
 * <p>Imports {@code markup} alone.
 */
@NullMarked
package dev.tilesmith.sweep.report.chart;

import org.jspecify.annotations.NullMarked;
