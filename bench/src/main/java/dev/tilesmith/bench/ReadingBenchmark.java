package dev.tilesmith.bench;

import dev.tilesmith.bench.peer.InTurn;
import dev.tilesmith.bench.peer.Prepared;
import dev.tilesmith.bench.work.Operands;
import dev.tilesmith.bench.work.Operation;
import dev.tilesmith.bench.work.Shape;
import dev.tilesmith.runtime.SpinningPool;
import dev.tilesmith.sweep.limit.StreamedLoads;
import dev.tilesmith.sweep.measure.WarmUp;
import java.lang.foreign.MemorySegment;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * A product with weights that come from memory, and loads of as many bytes that come from memory too, in turn: how fast
 * memory is changes from one second to the next, and from one allocation to the other.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class ReadingBenchmark {
    private static final Duration AWAKE = Duration.ofMillis(10);

    /** Formats of result, left and right operand. */
    @Param("qai8dx_qsi4c32_f32")
    public String format;

    /** {@code MxNxK-cold}. */
    @Param("1x11008x4096-cold")
    public String shape;

    /** How many threads a product runs on, and loads do. */
    @Param("1")
    public int threads;

    private Prepared product;
    private SpinningPool pool;
    private List<List<StreamedLoads>> buffers;
    private float[] sums;
    private int next;

    /** What an iteration's products took together, and its loads. */
    @State(Scope.Thread)
    @AuxCounters(AuxCounters.Type.EVENTS)
    public static class Nanos {
        /** How many products there were, and loads of as many bytes. */
        public long calls;

        /** Nanoseconds of products. */
        public long product;

        /** Nanoseconds of loads. */
        public long loads;

        /** Begins an iteration. */
        @Setup(Level.Iteration)
        public void clear() {
            calls = 0;
            product = 0;
            loads = 0;
        }
    }

    /** Packs weights, and touches what is read beside them. */
    @Setup
    public void prepare() {
        final Operation operation = Operation.ofFormat(format);
        final Shape extents = Shape.parse(shape);
        pool = new SpinningPool(Math.max(1, threads - 1), AWAKE);
        product = InTurn.prepare(pool, operation, Operands.random(operation, extents), threads);
        sums = new float[threads];
        buffers = Stream.generate(() -> parts(operation, extents))
                .limit(operation.copies(extents))
                .toList();
        final Nanos none = new Nanos();
        WarmUp.THOROUGH.untilCalm(() -> run(none));
    }

    /** As many bytes as weights, a part for each thread. */
    private List<StreamedLoads> parts(Operation operation, Shape extents) {
        final long floats = Math.round(operation.weightBytes(extents) / Float.BYTES);
        final MemorySegment all = Operands.floats(floats).fill((byte) 1);
        final long part = all.byteSize() / threads;
        return IntStream.range(0, threads)
                .mapToObj(i -> new StreamedLoads(all.asSlice(i * part, part)))
                .toList();
    }

    /** A product by one copy of the weights, then loads of another buffer. */
    @Benchmark
    public void run(Nanos nanos) {
        final long begin = System.nanoTime();
        product.run();
        final long middle = System.nanoTime();
        final List<StreamedLoads> parts = buffers.get(next);
        Parts.run(pool, threads, i -> sums[i] = parts.get(i).run());
        nanos.calls++;
        nanos.product += middle - begin;
        nanos.loads += System.nanoTime() - middle;
        next = next + 1 == buffers.size() ? 0 : next + 1;
    }

    /** Stops threads. */
    @TearDown
    public void close() {
        product.close();
    }
}
