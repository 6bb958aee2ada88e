package dev.tilesmith.sweep.report.chart;

import java.util.List;

/**
 * Values that were tried, one step after another, whatever lies between them.
 *
 * @param values in their order; at least one, none twice
 */
public record StepScale(List<Double> values) implements Scale {
    /** Copies the values. */
    public StepScale {
        values = List.copyOf(values);
        if (values.isEmpty()) {
            throw new IllegalArgumentException("values: none; expected at least one");
        }
    }

    /** The middle of a value's step. */
    @Override
    public double at(double value) {
        final int step = values.indexOf(value);
        if (step < 0) {
            throw new IllegalArgumentException("value: " + value + "; expected one of " + values);
        }
        return (step + 0.5) / values.size();
    }

    @Override
    public List<Double> ticks() {
        return values;
    }
}
