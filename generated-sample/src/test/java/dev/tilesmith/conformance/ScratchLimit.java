package dev.tilesmith.conformance;

import dev.tilesmith.kernel.layout.LhsFormat;
import dev.tilesmith.kernel.layout.ResultFormat;
import dev.tilesmith.runtime.MatMulKernel;
import dev.tilesmith.runtime.Matrix;
import dev.tilesmith.runtime.PackedRhs;
import dev.tilesmith.runtime.RunOptions;
import dev.tilesmith.runtime.Weights;
import dev.tilesmith.sample.quickstart.LinearKernels;
import dev.tilesmith.sample.search.EncoderInt8LinearKernels;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A program of its own, for it looks at the memory of a whole JVM: six products at once of many rows and columns, into arrays
 * and into segments from within a panel. It says what went beyond bounds.
 */
final class ScratchLimit {
    private static final int M = 3000;
    private static final int N = 3000;
    private static final int K = 16;
    private static final int THREADS = 6;

    /** Of scratch for a call: a million bytes of results, as many of rows, and what they are rounded up to. */
    private static final long BYTES_OF_A_CALL = 6L << 20;

    private ScratchLimit() {}

    /** Prints "within bounds", or what was not. */
    public static void main(String[] arguments) throws Exception {
        final List<MatMulKernel> kernels = List.of(
                LinearKernels.best(),
                EncoderInt8LinearKernels.best(),
                F16RowsKernelKernels.best(),
                Bf16ResultsKernelKernels.best(),
                Int8ToF16KernelKernels.best());
        for (final MatMulKernel kernel : kernels) {
            check(kernel);
        }
        IO.println("within bounds");
    }

    private static void check(MatMulKernel kernel) throws Exception {
        final PackedRhs weights = kernel.packRhs(Weights.nByK(Matrix.of(new float[N * K], N, K)));
        kernel.run(rows(kernel, 1), weights, results(kernel, 1));
        System.gc();
        final long direct = direct();
        final long mapped = mapped();
        final List<Thread> threads = IntStream.range(0, THREADS)
                .mapToObj(_ -> Thread.ofPlatform().start(() -> products(kernel, weights)))
                .toList();
        for (final Thread thread : threads) {
            thread.join();
        }
        expectAtMost(kernel + ": direct memory", direct(), direct + (64 << 10));
        expectAtMost(kernel + ": memory mapped", mapped(), mapped + THREADS * BYTES_OF_A_CALL + Mappings.SLACK);
        Mappings.afterCollections(new Mappings(Long.MAX_VALUE, mapped));
        expectAtMost(kernel + ": memory mapped when idle", mapped(), mapped + Mappings.SLACK);
    }

    private static void products(MatMulKernel kernel, PackedRhs weights) {
        kernel.run(rows(kernel, M), weights, results(kernel, M));
        try (Arena arena = Arena.ofConfined()) {
            final int bytes = rounds(kernel) ? Short.BYTES : Float.BYTES;
            final Matrix to = new Matrix.Segment(arena.allocate(64L * N * bytes), bytes, 0, 64, N, N);
            kernel.run(rows(kernel, 64), weights, to, RunOptions.DEFAULT.columns(1, N - 1));
        }
    }

    /** Rows of what the kernel takes: of 16 bits those that it widens. */
    private static Matrix rows(MatMulKernel kernel, int m) {
        return LhsFormat.of(kernel.family().lhs()).halves().isPresent()
                ? Matrix.of(new short[m * K], m, K)
                : Matrix.of(new float[m * K], m, K);
    }

    private static Matrix results(MatMulKernel kernel, int m) {
        return rounds(kernel) ? Matrix.of(new short[m * N], m, N) : Matrix.of(new float[m * N], m, N);
    }

    private static boolean rounds(MatMulKernel kernel) {
        return ResultFormat.of(kernel.family().dst()).halves().isPresent();
    }

    private static void expectAtMost(String what, long bytes, long most) {
        if (bytes > most) {
            throw new AssertionError(what + ": " + bytes + " bytes, of " + most);
        }
    }

    private static long direct() {
        return ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
                .filter(pool -> pool.getName().equals("direct"))
                .mapToLong(BufferPoolMXBean::getMemoryUsed)
                .sum();
    }

    /** Bytes that are mapped without a name, the heap's among them, which do not change. */
    private static long mapped() throws IOException {
        return Mappings.now().data();
    }
}
