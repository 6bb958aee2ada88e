package dev.tilesmith.tune;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/**
 * The value of every factor of the cost model.
 *
 * @param values of all factors, finite and 0 or more; unmodifiable
 */
public record Factors(Map<Factor, Double> values) {
    /**
     * Copies the values.
     *
     * @throws IllegalArgumentException if one is missing, negative or not finite
     */
    public Factors {
        final EnumMap<Factor, Double> copy = new EnumMap<>(Factor.class);
        copy.putAll(values);
        for (final Factor factor : Factor.values()) {
            final Double value = copy.get(factor);
            if (value == null || !Double.isFinite(value) || value < 0) {
                throw new IllegalArgumentException(
                        factor.code() + ": " + value + "; expected a number of " + factor.unit() + ", 0 or more");
            }
        }
        values = Collections.unmodifiableMap(copy);
    }

    /** The value of a factor, in its unit. */
    public double get(Factor factor) {
        return values.get(factor);
    }

    /**
     * The same with another value of one factor.
     *
     * @throws IllegalArgumentException if the value is negative or not finite
     */
    public Factors with(Factor factor, double value) {
        final EnumMap<Factor, Double> changed = new EnumMap<>(values);
        changed.put(factor, value);
        return new Factors(changed);
    }
}
