package dev.tilesmith.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.tilesmith.runtime.MatMulKernel;
import dev.tilesmith.runtime.Matrix;
import dev.tilesmith.runtime.PackedRhs;
import dev.tilesmith.runtime.RunOptions;
import dev.tilesmith.runtime.Weights;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Memory that the JVM would not let a thread read or write is refused before machine code touches it. */
final class OperandAccessTest {
    private static final int M = 3;
    private static final int N = 40;
    private static final int K = 20;
    private static final int TIMES_CLOSED = 30;
    private static final Executor CALLER = Runnable::run;

    static Stream<MatMulKernel> kernels() {
        return Stream.of(F32KernelKernels.table(), Int8KernelKernels.table())
                .flatMap(table -> table.usable().stream())
                .map(MatMulKernel.class::cast);
    }

    private static Weights weights() {
        return Weights.nByK(Matrix.of(Samples.ORDINARY.take(N * K, 1), N, K));
    }

    private static MemorySegment floats(Arena arena, int count) {
        return arena.allocateFrom(ValueLayout.JAVA_FLOAT, Samples.ORDINARY.take(count, 2));
    }

    private static void assertRefused(
            String message, MatMulKernel kernel, MemorySegment lhs, PackedRhs rhs, MemorySegment dst, int threads) {
        final RunOptions options = RunOptions.DEFAULT.on(CALLER, threads);
        final IllegalArgumentException refusal = assertThrows(
                IllegalArgumentException.class,
                () -> kernel.run(Matrix.of(lhs, M, K), rhs, Matrix.of(dst, M, N), options));
        assertEquals(message, refusal.getMessage());
    }

    @ParameterizedTest
    @MethodSource("kernels")
    void aReadOnlyResultIsRefusedAndNotWritten(MatMulKernel kernel) {
        try (Arena arena = Arena.ofConfined()) {
            final MemorySegment dst = arena.allocate(4L * M * N);
            assertRefused(
                    "dst: a read-only segment; expected one that can be written",
                    kernel,
                    floats(arena, M * K),
                    kernel.packRhs(weights(), arena),
                    dst.asReadOnly(),
                    1);
            assertEquals(-1, dst.mismatch(MemorySegment.ofArray(new float[M * N])));
        }
    }

    @ParameterizedTest
    @MethodSource("kernels")
    void closedMemoryIsRefused(MatMulKernel kernel) {
        final Arena closed = Arena.ofShared();
        final PackedRhs lost = kernel.packRhs(weights(), closed);
        final MemorySegment gone = floats(closed, M * N);
        closed.close();
        try (Arena arena = Arena.ofConfined()) {
            final MemorySegment lhs = floats(arena, M * K);
            final MemorySegment dst = floats(arena, M * N);
            final PackedRhs rhs = kernel.packRhs(weights(), arena);
            final String message = ": its arena is closed; expected memory that is alive";
            assertRefused("lhs" + message, kernel, gone, rhs, dst, 1);
            assertRefused("rhs" + message, kernel, lhs, lost, dst, 1);
            assertRefused("dst" + message, kernel, lhs, rhs, gone, 1);
        }
    }

    /** By the executor, when one part has been handed out and none is done; parts are enough work for two threads. */
    @ParameterizedTest
    @MethodSource("kernels")
    void memoryThatIsClosedMeanwhileIsNamed(MatMulKernel kernel) {
        final int m = 64;
        final int n = 96;
        final int k = 128;
        final Weights weights = Weights.nByK(Matrix.of(Samples.ORDINARY.take(n * k, 1), n, k));
        for (final String what : List.of("lhs", "rhs", "dst")) {
            final Arena closed = Arena.ofShared();
            try (Arena open = Arena.ofShared()) {
                final Matrix lhs = Matrix.of(floats(what.equals("lhs") ? closed : open, m * k), m, k);
                final PackedRhs rhs = kernel.packRhs(weights, what.equals("rhs") ? closed : open);
                final Matrix dst = Matrix.of(floats(what.equals("dst") ? closed : open, m * n), m, n);
                final Executor closing = task -> {
                    closed.close();
                    task.run();
                };
                final IllegalStateException thrown = assertThrows(
                        IllegalStateException.class,
                        () -> kernel.run(lhs, rhs, dst, RunOptions.DEFAULT.on(closing, 2)));
                assertEquals(
                        what + ": its arena was closed during the call; expected memory that is alive until it returns",
                        thrown.getMessage());
            }
        }
    }

    /** By another thread, at any moment: the call is done, or refused, or says what was closed; the closing waits for code that runs. */
    @ParameterizedTest
    @MethodSource("kernels")
    void memoryThatAnotherThreadClosesIsNamed(MatMulKernel kernel) throws InterruptedException {
        final PackedRhs rhs = kernel.packRhs(weights());
        final Set<String> said = new TreeSet<>();
        for (int time = 0; time < TIMES_CLOSED; time++) {
            final Arena arena = Arena.ofShared();
            final Matrix lhs = Matrix.of(floats(arena, M * K), M, K);
            final Matrix dst = Matrix.of(new float[M * N], M, N);
            final AtomicBoolean began = new AtomicBoolean();
            final Thread closing = Thread.ofPlatform().start(() -> {
                while (!began.get()) {
                    Thread.onSpinWait();
                }
                close(arena);
            });
            try {
                for (int i = 0; i < 1 << 20; i++) {
                    kernel.run(lhs, rhs, dst);
                    began.set(true);
                }
            } catch (IllegalArgumentException | IllegalStateException e) {
                said.add(String.valueOf(e.getMessage()));
            }
            Thread.interrupted(); // as HotSpot leaves a thread whose memory is closed while it reads it in Java
            closing.join();
        }
        said.removeAll(Set.of(
                "lhs: its arena is closed; expected memory that is alive",
                "lhs: its arena was closed during the call; expected memory that is alive until it returns"));
        assertEquals(Set.of(), said);
    }

    /** While machine code reads it, memory cannot be closed. */
    private static void close(Arena arena) {
        while (arena.scope().isAlive()) {
            try {
                arena.close();
            } catch (IllegalStateException _) {
                Thread.onSpinWait();
            }
        }
    }

    @ParameterizedTest
    @MethodSource("kernels")
    void memoryOfTheCallingThreadAloneIsRefusedToSeveral(MatMulKernel kernel) {
        try (Arena own = Arena.ofConfined();
                Arena shared = Arena.ofShared()) {
            final MemorySegment lhs = floats(shared, M * K);
            final MemorySegment dst = floats(shared, M * N);
            final PackedRhs rhs = kernel.packRhs(weights(), shared);
            final String message =
                    ": confined to the calling thread, with parallelism 2; expected memory of a shared or"
                            + " automatic arena, or parallelism 1";
            assertRefused("lhs" + message, kernel, floats(own, M * K), rhs, dst, 2);
            assertRefused("rhs" + message, kernel, lhs, kernel.packRhs(weights(), own), dst, 2);
            assertRefused("dst" + message, kernel, lhs, rhs, floats(own, M * N), 2);
            kernel.run(Matrix.of(lhs, M, K), rhs, Matrix.of(dst, M, N), RunOptions.DEFAULT.on(CALLER, 2));
        }
    }

    @ParameterizedTest
    @MethodSource("kernels")
    void memoryOfAnotherThreadIsRefused(MatMulKernel kernel) throws InterruptedException {
        try (Arena own = Arena.ofConfined()) {
            final MemorySegment lhs = floats(own, M * K);
            final MemorySegment dst = floats(own, M * N);
            final PackedRhs rhs = kernel.packRhs(weights());
            final Thread other = Thread.ofPlatform()
                    .unstarted(() -> assertRefused(
                            "lhs: confined to another thread than the calling one; expected memory of this thread, or"
                                    + " of a shared or automatic arena",
                            kernel,
                            lhs,
                            rhs,
                            dst,
                            1));
            final Throwable[] failure = new Throwable[1];
            other.setUncaughtExceptionHandler((_, thrown) -> failure[0] = thrown);
            other.start();
            other.join();
            assertEquals(null, failure[0]);
        }
    }
}
