package dev.tilesmith.bench.report;

import dev.tilesmith.bench.work.Work;
import java.util.List;
import java.util.Optional;

/**
 * All implementations at one work, and the machine's limit as it was just then.
 *
 * @param work what was done
 * @param limit the machine's limit for such operands on that many threads, measured just before, if there is one
 * @param readGigabytes 10^9 bytes read from memory a second on that many threads, measured just before where weights come
 *     from memory; else 0
 * @param measurements one for each implementation that can do it
 */
public record Row(Work work, Optional<Limit> limit, double readGigabytes, List<Measurement> measurements) {
    /** Keeps the measurements as they are now. */
    public Row {
        measurements = List.copyOf(measurements);
    }

    /** What this implementation did, if it was there. */
    public Optional<Measurement> by(String impl) {
        return contest().by(impl);
    }

    /** The best of all others; those whose names begin with this one's are no peers of it. */
    public Optional<Measurement> bestBut(String impl) {
        return contest().bestBut(impl);
    }

    /** How many times as fast as the best of all others. */
    public Optional<Double> ratio(String impl) {
        return contest().ratio(impl);
    }

    private Contest contest() {
        return new Contest(measurements);
    }
}
