package dev.tilesmith.bench.work;

import java.lang.foreign.MemorySegment;
import java.util.Optional;

/**
 * Compares results with the same sums in double precision: every result of a small product or layer, results spread over
 * all of a large one.
 */
public final class DoubleReference {
    /** Multiply-adds that a check of a product may spend: a fraction of a second. */
    private static final long BUDGET = 1L << 24;

    /** The same for a layer, of which there are many. */
    private static final long LAYER_BUDGET = 1L << 21;

    private final long rows;
    private final int columns;
    private final long compared;
    private final Exact exact;

    /** A result, in double precision. */
    @FunctionalInterface
    private interface Exact {
        double at(long row, int column);
    }

    private DoubleReference(long rows, Shape shape, long budget, Exact exact) {
        this.rows = rows;
        this.columns = shape.n();
        this.compared = Math.min(results(), Math.max(64, budget / shape.k()));
        this.exact = exact;
    }

    /** A check of results for these operands. */
    public DoubleReference(Operands operands) {
        this(operands.shape().m(), operands.shape(), BUDGET, (row, column) -> exact(operands, row, column));
    }

    /** A check of results for a layer's operands. */
    public DoubleReference(LayerOperands operands) {
        this(operands.layer().rows(), operands.layer().shape(), LAYER_BUDGET, (row, column) -> operands.layer()
                .exact(operands.src(), operands.weights(), row, column));
    }

    /**
     * What is wrong with {@code dst}, if anything.
     *
     * @param dst m × n floats
     * @param tolerance largest error allowed, relative to the largest exact result among those compared
     */
    public Optional<String> findError(MemorySegment dst, double tolerance) {
        double largest = 0;
        double worst = -1;
        long worstAt = 0;
        for (long i = 0; i < compared; i++) {
            final long at = place(i);
            final double expected = exact(at);
            final double difference = Math.abs(Operands.get(dst, at) - expected);
            final double error = Double.isNaN(difference) ? Double.POSITIVE_INFINITY : difference;
            largest = Math.max(largest, Math.abs(expected));
            if (error > worst) {
                worst = error;
                worstAt = at;
            }
        }
        if (worst <= tolerance * largest) {
            return Optional.empty();
        }
        return Optional.of("result [" + worstAt / columns + "][" + worstAt % columns + "] is "
                + Operands.get(dst, worstAt) + ", expected " + exact(worstAt));
    }

    /** The largest magnitude of the exact results that are compared. */
    double largest() {
        double largest = 0;
        for (long i = 0; i < compared; i++) {
            largest = Math.max(largest, Math.abs(exact(place(i))));
        }
        return largest;
    }

    private long results() {
        return rows * columns;
    }

    /** Evenly spread from the first result to the last. */
    private long place(long i) {
        return compared == 1 ? 0 : (long) ((double) i / (compared - 1) * (results() - 1));
    }

    private double exact(long place) {
        return exact.at(place / columns, (int) (place % columns));
    }

    private static double exact(Operands operands, long row, long column) {
        final long k = operands.shape().k();
        double sum = 0;
        for (long p = 0; p < k; p++) {
            sum += (double) Operands.get(operands.lhs(), row * k + p)
                    * Operands.get(operands.weights(), column * k + p);
        }
        return sum;
    }
}
