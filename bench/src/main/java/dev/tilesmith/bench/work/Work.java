package dev.tilesmith.bench.work;

/**
 * One thing to measure.
 *
 * @param operation what is computed
 * @param shape how large it is
 * @param threads on how many threads
 */
public record Work(Operation operation, Shape shape, int threads) {
    /** Checks the number of threads. */
    public Work {
        if (threads < 1) {
            throw new IllegalArgumentException("threads: " + threads + "; expected 1 or more");
        }
    }

    @Override
    public String toString() {
        return operation.format() + " " + shape + " on " + threads + (threads == 1 ? " thread" : " threads");
    }
}
