package dev.tilesmith.bench.report;

import java.util.List;

/** The mean of ratios: the n-th root of their product. */
public final class GeometricMean {
    private GeometricMean() {}

    /** The mean of positive numbers; NaN of none. */
    public static double of(List<Double> values) {
        return Math.exp(values.stream()
                .mapToDouble(value -> {
                    if (!(value > 0)) {
                        throw new IllegalArgumentException("value: " + value + "; expected more than 0");
                    }
                    return Math.log(value);
                })
                .average()
                .orElse(Double.NaN));
    }
}
