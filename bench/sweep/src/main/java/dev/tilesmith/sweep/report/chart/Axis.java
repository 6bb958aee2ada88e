package dev.tilesmith.sweep.report.chart;

import java.util.function.DoubleFunction;

/**
 * One direction of a chart.
 *
 * @param name what is measured along it, with the unit
 * @param scale where its values are
 * @param label how values are written at it
 */
public record Axis(String name, Scale scale, DoubleFunction<String> label) {
    /** One that is not drawn: rows of marks that are apart by themselves. */
    public static final Axis NONE = new Axis("", new LinearScale(0, 1), _ -> "");
}
