package dev.tilesmith.sweep.report.chart;

import java.util.ArrayList;
import java.util.List;

/**
 * Equal ratios are equally long.
 *
 * @param from at the beginning, more than 0
 * @param to at the end, more than at the beginning
 */
public record LogScale(double from, double to) implements Scale {
    private static final int MOST_TICKS = 7;

    /** Checks that there is a length. */
    public LogScale {
        if (!(0 < from && from < to)) {
            throw new IllegalArgumentException("from, to: " + from + ", " + to + "; expected 0 < from < to");
        }
    }

    @Override
    public double at(double value) {
        return Math.log(value / from) / Math.log(to / from);
    }

    /** Powers of ten, with their doubles and fives where there is room. */
    @Override
    public List<Double> ticks() {
        final List<Double> all = multiples(1, 2, 5);
        if (all.size() <= MOST_TICKS) {
            return all;
        }
        return multiples(1);
    }

    private List<Double> multiples(int... factors) {
        final List<Double> ticks = new ArrayList<>();
        for (int power = (int) Math.floor(Math.log10(from)); power <= Math.log10(to); power++) {
            for (final int factor : factors) {
                // Powers below 1 by division: 0.1 is nearer to 1 / 10 than to 10 to the -1 in steps.
                final double tick = power < 0 ? factor / Math.pow(10, -power) : factor * Math.pow(10, power);
                if (from <= tick && tick <= to) {
                    ticks.add(tick);
                }
            }
        }
        return ticks;
    }
}
