package dev.tilesmith.bench;

import dev.tilesmith.runtime.HugePageArena;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import java.util.concurrent.TimeUnit;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Read bandwidth: the sum of a buffer in huge pages that no cache holds, read in several streams for the prefetchers. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class ReadLimit {
    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
    private static final int STREAMS = 4;
    private static final long STREAM_BYTES = 64L << 20;

    private final MemorySegment buffer = HugePageArena.in(Arena.ofAuto()).allocate(STREAMS * STREAM_BYTES, 64);

    /** Bytes that one call reads. */
    static long bytes() {
        return STREAMS * STREAM_BYTES;
    }

    /** Touches every page: an untouched one is read from a single page of zeros. */
    @Setup
    public void fill() {
        buffer.fill((byte) 1);
    }

    /** Reads everything once. */
    @Benchmark
    public float run() {
        final int step = SPECIES.vectorByteSize();
        FloatVector a = FloatVector.zero(SPECIES);
        FloatVector b = FloatVector.zero(SPECIES);
        FloatVector c = FloatVector.zero(SPECIES);
        FloatVector d = FloatVector.zero(SPECIES);
        for (long at = 0; at < STREAM_BYTES; at += step) {
            a = a.add(load(at));
            b = b.add(load(at + STREAM_BYTES));
            c = c.add(load(at + 2 * STREAM_BYTES));
            d = d.add(load(at + 3 * STREAM_BYTES));
        }
        return a.add(b).add(c.add(d)).reduceLanes(VectorOperators.ADD);
    }

    private FloatVector load(long at) {
        return FloatVector.fromMemorySegment(SPECIES, buffer, at, ByteOrder.nativeOrder());
    }
}
