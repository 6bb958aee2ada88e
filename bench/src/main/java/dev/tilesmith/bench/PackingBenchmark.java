package dev.tilesmith.bench;

import dev.tilesmith.bench.peer.OurKernels;
import dev.tilesmith.runtime.BlockLayout;
import dev.tilesmith.runtime.MatMulKernel;
import dev.tilesmith.runtime.Matrix;
import dev.tilesmith.runtime.SpinningPool;
import dev.tilesmith.runtime.Weights;
import dev.tilesmith.sweep.measure.WarmUp;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.time.Duration;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** Packing weights, and copying the same bytes by as many threads. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class PackingBenchmark {
    private static final Duration AWAKE = Duration.ofMillis(10);
    private static final int LENGTH = BlockLayout.LENGTH;

    /** What is packed, for int4 in blocks of 32, or for int8. */
    public enum Source {
        /** ggml's blocks. */
        Q4_0,
        /** Two values to a byte, scales apart. */
        NIBBLES,
        /** The same, with a column for each channel. */
        NIBBLES_BY_K,
        /** f32, quantized to int4. */
        F32_TO_INT4,
        /** f32, quantized to int8. */
        F32_TO_INT8;

        /** Bytes of n × k weights. */
        long bytes(int n, int k) {
            return switch (this) {
                case Q4_0 -> n * BlockLayout.Q4_0.rowBytes(k);
                case NIBBLES, NIBBLES_BY_K -> (long) n * k / 2;
                case F32_TO_INT4, F32_TO_INT8 -> (long) n * k * Float.BYTES;
            };
        }
    }

    /** What is done. */
    public enum Way {
        /** The bytes are copied. */
        COPY,
        /** The weights are packed. */
        PACK
    }

    /** What is packed, or copied. */
    @Param("Q4_0")
    public Source source;

    /** What is done. */
    @Param("PACK")
    public Way way;

    /** On how many threads. */
    @Param("1")
    public int threads;

    /** Output channels. */
    @Param("4096")
    public int n;

    /** Values of each. */
    @Param("11008")
    public int k;

    /** Whether the result goes to memory that was allocated for it, else to what was written before. */
    @Param("false")
    public boolean fresh;

    private final Arena arena = Arena.ofShared();
    private MatMulKernel kernel;
    private MemorySegment bytes;
    private MemorySegment copy;
    private Weights weights;
    private Arena recycled;
    private SpinningPool pool;

    /** Makes weights. */
    @Setup
    public void prepare() {
        kernel = source == Source.F32_TO_INT8 ? OurKernels.int8() : OurKernels.int4();
        bytes = arena.allocate(source.bytes(n, k), 64);
        copy = arena.allocate(bytes.byteSize(), 64).fill((byte) 1);
        fill();
        weights = weights();
        recycled = new RecycledMemory(arena);
        pool = new SpinningPool(Math.max(1, threads - 1), AWAKE);
        WarmUp.THOROUGH.untilCalm(this::run);
    }

    private void fill() {
        final SplittableRandom random = new SplittableRandom(1);
        if (source == Source.F32_TO_INT4 || source == Source.F32_TO_INT8) {
            for (long at = 0; at < bytes.byteSize(); at += Float.BYTES) {
                bytes.set(ValueLayout.JAVA_FLOAT, at, (float) random.nextDouble(-1, 1));
            }
            return;
        }
        for (long at = 0; at + Long.BYTES <= bytes.byteSize(); at += Long.BYTES) {
            bytes.set(ValueLayout.JAVA_LONG, at, random.nextLong());
        }
        if (source == Source.Q4_0) { // scales that BF16 has too
            for (long at = 0; at < bytes.byteSize(); at += BlockLayout.Q4_0.bytes()) {
                final float scale = random.nextInt(-128, 128) * 0x1p-10f;
                bytes.set(ValueLayout.JAVA_SHORT_UNALIGNED, at, Float.floatToFloat16(scale));
            }
        }
    }

    private Weights weights() {
        final float[] scales = new float[n * (k / LENGTH)];
        Arrays.fill(scales, 0.5f);
        return switch (source) {
            case Q4_0 -> Weights.ofBlocks(BlockLayout.Q4_0, bytes, 0, n, k);
            case NIBBLES ->
                Weights.nByK(Matrix.ofBytes(bytes, n, k / 2), new Weights.Nibbles(k, 8))
                        .withBlockScales(LENGTH, scales);
            case NIBBLES_BY_K ->
                Weights.kByN(Matrix.ofBytes(bytes, k, n / 2), new Weights.Nibbles(n, 8))
                        .withBlockScales(LENGTH, scales);
            case F32_TO_INT4, F32_TO_INT8 -> Weights.nByK(Matrix.of(bytes, n, k));
        };
    }

    /** What is timed. */
    @Benchmark
    public void run() {
        if (!fresh) {
            runTo(recycled);
            return;
        }
        try (Arena own = Arena.ofShared()) {
            runTo(own);
        }
    }

    private void runTo(Arena to) {
        if (way == Way.PACK) {
            kernel.packRhs(weights, to, pool, threads);
        } else {
            copyTo(fresh ? to.allocate(bytes.byteSize(), 64) : copy);
        }
    }

    private void copyTo(MemorySegment to) {
        final long part = bytes.byteSize() / threads;
        Parts.run(pool, threads, i -> MemorySegment.copy(bytes, i * part, to, i * part, part));
    }

    /** Gives memory back. */
    @TearDown
    public void close() {
        pool.close();
        arena.close();
    }

    /** Gives the same memory each time. */
    private static final class RecycledMemory implements Arena {
        private final Arena arena;
        private MemorySegment memory = MemorySegment.NULL;

        RecycledMemory(Arena arena) {
            this.arena = arena;
        }

        @Override
        public MemorySegment allocate(long byteSize, long byteAlignment) {
            if (memory.byteSize() < byteSize) {
                memory = arena.allocate(byteSize, byteAlignment);
            }
            return memory.asSlice(0, byteSize);
        }

        @Override
        public MemorySegment.Scope scope() {
            return arena.scope();
        }

        @Override
        public void close() {
            throw new UnsupportedOperationException("the memory is used again");
        }
    }
}
