package dev.tilesmith.fuzz;

import dev.tilesmith.conformance.FormatUnderTest.Bounds;
import dev.tilesmith.runtime.RunOptions;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/**
 * How a product is asked for.
 *
 * @param bounds bounds of its results
 * @param firstRow first row that is written
 * @param rows how many are
 * @param firstColumn first column that is written
 * @param columns how many are
 * @param given makes the options, or refuses to
 */
record Options(Bounds bounds, int firstRow, int rows, int firstColumn, int columns, Supplier<RunOptions> given) {
    /** A part of what there is in one direction. */
    private record Range(int first, int count) {}

    /** Options for m × n results. */
    static Options draw(Draw draw, Oracle oracle, Subject subject, int m, int n, Executor executor, int threads) {
        final boolean bounded = draw.oneIn(4);
        final Bounds bounds = bounded ? bounds(draw, oracle, subject) : Bounds.NONE;
        final boolean inPart = draw.oneIn(3);
        final Range rows = inPart ? draw.note("rows", range(draw, oracle, "rows", "firstRow", m)) : new Range(0, m);
        final Range columns =
                inPart ? draw.note("columns", range(draw, oracle, "columns", "firstColumn", n)) : new Range(0, n);
        final int parallelism = draw.note("threads", draw.oneIn(60) ? draw.of(0, -1, Integer.MIN_VALUE) : threads);
        if (parallelism < 1) {
            oracle.fault("parallelism", parallelism);
        }
        return new Options(bounds, rows.first(), rows.count(), columns.first(), columns.count(), () -> {
            final RunOptions on = threads == 1 && parallelism == 1
                    ? RunOptions.DEFAULT
                    : RunOptions.DEFAULT.on(executor, parallelism);
            final RunOptions clamped = bounded ? on.clamp(bounds.low(), bounds.high()) : on;
            return inPart
                    ? clamped.rows(rows.first(), rows.count()).columns(columns.first(), columns.count())
                    : clamped;
        });
    }

    private static Range range(Draw draw, Oracle oracle, String what, String whatFirst, int size) {
        final int first = draw.between(0, size);
        final int count = draw.between(0, size - first);
        if (!draw.oneIn(16)) {
            return new Range(first, count);
        }
        final Range wrong = draw.oneIn(2) ? new Range(draw.extreme(), count) : new Range(first, draw.extreme());
        final boolean fits = wrong.first() >= 0 && wrong.count() >= 0 && (long) wrong.first() + wrong.count() <= size;
        if (wrong.count() == -1) {
            return new Range(first, size - first); // all from there on
        }
        if (!fits) {
            oracle.fault(what, wrong.count());
            oracle.fault(whatFirst, wrong.first());
        }
        return wrong;
    }

    private static Bounds bounds(Draw draw, Oracle oracle, Subject subject) {
        final Bounds bounds = draw.note("bounds", drawn(draw, subject));
        if (!(bounds.low() <= bounds.high())) {
            oracle.fault("clamp", bounds.low());
        } else if (!subject.clamps() && !bounds.equals(Bounds.NONE)) {
            oracle.fault("clamp", "");
        } else if (subject.isStatic() && !(isWhole(bounds.low()) && isWhole(bounds.high()))) {
            oracle.fault("clamp", "");
        }
        return bounds;
    }

    private static Bounds drawn(Draw draw, Subject subject) {
        if (subject.clamps() && !draw.oneIn(6)) {
            return draw.from(subject.format().bounds());
        }
        final float[] two = draw.floats(2, draw.of(Values.values()));
        return draw.oneIn(4)
                ? new Bounds(two[0], two[1])
                : new Bounds(Math.min(two[0], two[1]), Math.max(two[0], two[1]));
    }

    private static boolean isWhole(float bound) {
        return Float.isInfinite(bound) || bound == (float) Math.rint(bound);
    }
}
