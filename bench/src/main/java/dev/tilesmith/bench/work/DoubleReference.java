package dev.tilesmith.bench.work;

import java.lang.foreign.MemorySegment;
import java.util.Optional;

/**
 * Compares a product with the same sums in double precision: every result of a small product, results spread over all
 * of a large one.
 */
public final class DoubleReference {
    /** Multiply-adds that a check may spend: a fraction of a second. */
    private static final long BUDGET = 1L << 24;

    private final Operands operands;

    /** A check of results for these operands. */
    public DoubleReference(Operands operands) {
        this.operands = operands;
    }

    /**
     * What is wrong with {@code dst}, if anything.
     *
     * @param dst m × n floats
     * @param tolerance largest error allowed, relative to the largest exact result among those compared
     */
    public Optional<String> findError(MemorySegment dst, double tolerance) {
        final Shape shape = operands.shape();
        double largest = 0;
        double worst = -1;
        long worstAt = 0;
        final long compared = compared();
        for (long i = 0; i < compared; i++) {
            final long at = place(i, compared);
            final double exact = exact(at / shape.n(), at % shape.n());
            final double difference = Math.abs(Operands.get(dst, at) - exact);
            final double error = Double.isNaN(difference) ? Double.POSITIVE_INFINITY : difference;
            largest = Math.max(largest, Math.abs(exact));
            if (error > worst) {
                worst = error;
                worstAt = at;
            }
        }
        if (worst <= tolerance * largest) {
            return Optional.empty();
        }
        return Optional.of("result [" + worstAt / shape.n() + "][" + worstAt % shape.n() + "] is "
                + Operands.get(dst, worstAt) + ", expected " + exact(worstAt / shape.n(), worstAt % shape.n()));
    }

    /** The largest magnitude of the exact results that are compared. */
    double largest() {
        final long compared = compared();
        double largest = 0;
        for (long i = 0; i < compared; i++) {
            final long at = place(i, compared);
            largest = Math.max(
                    largest,
                    Math.abs(exact(
                            at / operands.shape().n(), at % operands.shape().n())));
        }
        return largest;
    }

    private long results() {
        return (long) operands.shape().m() * operands.shape().n();
    }

    private long compared() {
        return Math.min(results(), Math.max(64, BUDGET / operands.shape().k()));
    }

    /** Evenly spread from the first result to the last. */
    private long place(long i, long compared) {
        return compared == 1 ? 0 : (long) ((double) i / (compared - 1) * (results() - 1));
    }

    private double exact(long row, long column) {
        final long k = operands.shape().k();
        double sum = 0;
        for (long p = 0; p < k; p++) {
            sum += (double) Operands.get(operands.lhs(), row * k + p)
                    * Operands.get(operands.weights(), column * k + p);
        }
        return sum;
    }
}
