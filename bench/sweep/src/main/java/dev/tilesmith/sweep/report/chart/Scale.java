package dev.tilesmith.sweep.report.chart;

import java.util.List;

/** Where values are along an axis: from 0, at its beginning, to 1, at its end. */
public sealed interface Scale permits LinearScale, LogScale, StepScale {
    /** Where a value is; a value that the axis does not reach is below 0 or above 1. */
    double at(double value);

    /** Values that the axis names. */
    List<Double> ticks();
}
