package dev.tilesmith.sweep.report.chart;

import java.util.List;
import java.util.stream.LongStream;

/**
 * Equal differences are equally long.
 *
 * @param from at the beginning
 * @param to at the end, more than at the beginning
 */
public record LinearScale(double from, double to) implements Scale {
    private static final int MOST_TICKS = 6;

    /** Checks that there is a length. */
    public LinearScale {
        if (!(from < to)) {
            throw new IllegalArgumentException("to: " + to + "; expected more than from, " + from);
        }
    }

    /** One on which values keep a distance from its ends, however few they are. */
    public static LinearScale around(double least, double most) {
        final double margin = Math.max((most - least) / 8, Math.max(Math.abs(most), 1e-9) / 50);
        return new LinearScale(least - margin, most + margin);
    }

    @Override
    public double at(double value) {
        return (value - from) / (to - from);
    }

    @Override
    public List<Double> ticks() {
        final double step = step();
        return LongStream.rangeClosed((long) Math.ceil(from / step), (long) Math.floor(to / step))
                .mapToObj(tick -> tick * step)
                .toList();
    }

    /** 1, 2 or 5 of a power of ten. */
    private double step() {
        final double least = (to - from) / MOST_TICKS;
        final double power = Math.pow(10, Math.floor(Math.log10(least)));
        for (final int steps : new int[] {1, 2, 5}) {
            if (steps * power >= least) {
                return steps * power;
            }
        }
        return 10 * power;
    }
}
