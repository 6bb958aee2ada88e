package dev.tilesmith.bench.peer;

import java.lang.foreign.MemorySegment;
import java.util.function.Supplier;

/**
 * A layer that is ready to be repeated.
 *
 * @param work computes it once
 * @param results brings the results to where the caller reads them
 * @param variant which of the implementation's ways was taken
 * @param end gives back what is to be given back
 */
record PreparedLayer(Runnable work, Supplier<MemorySegment> results, String variant, Runnable end) implements Prepared {
    /** One that leaves everything to the collector. */
    PreparedLayer(Runnable work, Supplier<MemorySegment> results, String variant) {
        this(work, results, variant, () -> {});
    }

    @Override
    public void run() {
        work.run();
    }

    @Override
    public MemorySegment result() {
        return results.get();
    }

    @Override
    public void close() {
        end.run();
    }
}
