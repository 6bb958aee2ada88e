package dev.tilesmith.bench;

import dev.tilesmith.runtime.HugePageArena;
import dev.tilesmith.sweep.limit.StreamedLoads;
import dev.tilesmith.sweep.operand.BeyondCaches;
import java.lang.foreign.Arena;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Read bandwidth: the sum of a buffer in huge pages that no cache holds. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class ReadLimit {
    private final StreamedLoads loads =
            new StreamedLoads(HugePageArena.in(Arena.ofAuto()).allocate(bytes(), 64));

    /** Bytes that one call reads. */
    static long bytes() {
        return BeyondCaches.bytes();
    }

    /** Touches every page: an untouched one is read from a single page of zeros. */
    @Setup
    public void fill() {
        loads.segment().fill((byte) 1);
    }

    /** Reads everything once. */
    @Benchmark
    public float run() {
        return loads.run();
    }
}
