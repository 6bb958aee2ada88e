package dev.tilesmith.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tilesmith.code.CodeRefusedException;
import dev.tilesmith.code.NativeFunction;
import dev.tilesmith.cpu.CpuFeature;
import dev.tilesmith.cpu.Host;
import dev.tilesmith.kernel.argument.NativeArguments;
import dev.tilesmith.kernel.drive.PlacedCode;
import dev.tilesmith.reference.Int8Reference;
import dev.tilesmith.runtime.Matrix;
import dev.tilesmith.runtime.PackedRhs;
import dev.tilesmith.runtime.Weights;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Kernels and garbage collections at the same time: neither spoils the other, nor holds it up. */
final class CollectorStressTest {
    private static final int THREADS = 8;
    private static final int CALLS = 10_000_000;
    private static final int N = 16;
    private static final int K = 8;

    /** Ten million calls in all, each with its result compared, while collections follow one another. */
    @Test
    void callsFromEightThreadsUnderACollectorThatNeverStops() throws Exception {
        final Int8Kernel kernel = Int8KernelKernels.best();
        final Weights weights = Weights.nByK(Matrix.of(Samples.ORDINARY.take(N * K, 1), N, K));
        final PackedRhs packed = kernel.packRhs(weights);
        final AtomicBoolean over = new AtomicBoolean();
        final Thread collector = Thread.ofPlatform().start(() -> collectUntil(over));
        try (var pool = Executors.newFixedThreadPool(THREADS)) {
            final List<Future<Integer>> wrong = new ArrayList<>();
            for (int thread = 0; thread < THREADS; thread++) {
                final long seed = 2L + thread;
                wrong.add(pool.submit(() -> wrongResults(kernel, weights, packed, seed)));
            }
            for (final Future<Integer> count : wrong) {
                assertEquals(0, count.get());
            }
        } finally {
            over.set(true);
            collector.join();
        }
    }

    private static void collectUntil(AtomicBoolean over) {
        while (!over.get()) {
            System.gc();
        }
    }

    private static int wrongResults(Int8Kernel kernel, Weights weights, PackedRhs packed, long seed) {
        final float[] lhs = Samples.ORDINARY.take(K, seed);
        final float[] right =
                Int8Reference.multiply(Matrix.of(lhs, 1, K), weights, Float.NEGATIVE_INFINITY, Float.POSITIVE_INFINITY);
        int wrong = 0;
        try (Arena arena = Arena.ofConfined()) {
            final MemorySegment from = arena.allocateFrom(ValueLayout.JAVA_FLOAT, lhs);
            final MemorySegment expected = arena.allocateFrom(ValueLayout.JAVA_FLOAT, right);
            final MemorySegment to = arena.allocate(4L * N, 64);
            for (int call = 0; call < CALLS / THREADS; call++) {
                to.set(ValueLayout.JAVA_INT, call % N * 4L, ~0);
                kernel.run(1, from, packed, to);
                wrong += to.mismatch(expected) < 0 ? 0 : 1;
            }
        }
        return wrong;
    }

    static Stream<PlacedCode> kernels() {
        return Host.current().cpu().hasAll(List.of(CpuFeature.AVX2, CpuFeature.FMA))
                ? Stream.of(F32Kernel_Avx2.CODE, Int8Kernel_Avx2.CODE, Int8StaticKernel_Avx2.CODE)
                : Stream.empty();
    }

    /**
     * A collection that begins while machine code is running ends while it is still running: no call holds up a
     * collection. One of a few calls of half a second each must show it, for a busy machine may put off a thread.
     */
    @ParameterizedTest(allowZeroInvocations = true)
    @MethodSource("kernels")
    void collectionsDoNotWaitForCalls(PlacedCode code) throws Exception {
        int duringCalls = 0;
        for (int attempt = 0; attempt < 5 && duringCalls == 0; attempt++) {
            duringCalls = collectionsDuring(code.function());
        }
        assertTrue(duringCalls > 0, "no collection ended during a call");
    }

    private static int collectionsDuring(NativeFunction function) throws CodeRefusedException, InterruptedException {
        try (Arena arena = Arena.ofShared()) {
            final MemorySegment arguments = longCall(arena);
            final MemorySegment operands = arena.allocate(1 << 25, 64);
            final CountDownLatch begun = new CountDownLatch(1);
            final AtomicBoolean ended = new AtomicBoolean();
            final Thread caller = Thread.ofPlatform().start(() -> {
                begun.countDown();
                function.call(arguments, operands, operands, operands);
                ended.set(true);
            });
            begun.await();
            Thread.sleep(20);
            int collections = 0;
            while (!ended.get()) {
                System.gc();
                collections += ended.get() ? 0 : 1;
            }
            caller.join();
            return collections;
        }
    }

    /** Six rows against one panel over and over: about half a second's work, whose results lie over each other. */
    private static MemorySegment longCall(Arena arena) {
        final int steps = 1 << 14;
        final int nr = 16;
        final MemorySegment arguments = arena.allocate(1 << 12, 64);
        arguments.set(ValueLayout.JAVA_LONG, NativeArguments.LHS_STRIDE, 4L * steps + 64);
        arguments.set(ValueLayout.JAVA_LONG, NativeArguments.RHS_OFFSET, 1 << 20);
        arguments.set(ValueLayout.JAVA_LONG, NativeArguments.METADATA_OFFSET, (1 << 20) + 4L * steps * nr);
        arguments.set(ValueLayout.JAVA_LONG, NativeArguments.DST_OFFSET, 1 << 22);
        arguments.set(ValueLayout.JAVA_LONG, NativeArguments.STEPS, steps);
        arguments.set(ValueLayout.JAVA_LONG, NativeArguments.PANELS, 15_000);
        arguments.set(ValueLayout.JAVA_LONG, NativeArguments.LAST_COLUMNS, nr);
        arguments.set(ValueLayout.JAVA_INT, NativeArguments.FLAGS, NativeArguments.FINISH);
        arguments.set(ValueLayout.JAVA_INT, NativeArguments.HEIGHTS, 6);
        return arguments;
    }
}
