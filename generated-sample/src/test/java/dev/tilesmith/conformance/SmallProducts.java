package dev.tilesmith.conformance;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import dev.tilesmith.reference.F32Reference;
import dev.tilesmith.reference.Int8Reference;
import dev.tilesmith.reference.StaticInt8Reference;
import dev.tilesmith.runtime.DispatchTable;
import dev.tilesmith.runtime.MatMulKernel;
import dev.tilesmith.runtime.Matrix;
import dev.tilesmith.runtime.Requantization;
import dev.tilesmith.runtime.Weights;
import java.util.List;
import java.util.SplittableRandom;

/** A product of each kind of format by its best kernel, for JVMs in which little can be relied on. */
final class SmallProducts {
    private static final int M = 5;
    private static final int N = 37;
    private static final int K = 23;
    private static final float LOW = Float.NEGATIVE_INFINITY;
    private static final float HIGH = Float.POSITIVE_INFINITY;

    private SmallProducts() {}

    static List<DispatchTable<?>> tables() {
        return List.of(
                F32KernelKernels.table(),
                Int8KernelKernels.table(),
                Int8StaticKernelKernels.table(),
                Int8SumsKernelKernels.table());
    }

    /** Fails unless the best kernel of each table gives what its reference gives. */
    static void check() {
        final Matrix floats = Matrix.of(Samples.ORDINARY.take(M * K, 1), M, K);
        final Weights weights = Weights.nByK(Matrix.of(Samples.ORDINARY.take(N * K, 2), N, K));
        final float[] result = new float[M * N];
        run(F32KernelKernels.best(), floats, weights, Matrix.of(result, M, N));
        Bits.assertEqual(F32Reference.multiply(floats, weights, LOW, HIGH), result, N, "f32");
        run(Int8KernelKernels.best(), floats, weights, Matrix.of(result, M, N));
        Bits.assertEqual(Int8Reference.multiply(floats, weights, LOW, HIGH), result, N, "dynamic int8");
        checkStatic();
    }

    private static void checkStatic() {
        final byte[] values = new byte[M * K + N * K];
        new SplittableRandom(3).nextBytes(values);
        final Matrix bytes = Matrix.of(values, 0, M, K, K);
        final Weights plain =
                Weights.nByK(Matrix.of(values, M * K, N, K, K)).requantized(new Requantization(1f, 3, 300f, -2));
        final Weights scaled = plain.withScales(0.7f);
        final byte[] result = new byte[M * N];
        run(Int8StaticKernelKernels.best(), bytes, scaled, Matrix.of(result, M, N));
        assertArrayEquals(StaticInt8Reference.multiply(bytes, scaled, -128, 127), result, "static int8");
        final int[] sums = new int[M * N];
        run(Int8SumsKernelKernels.best(), bytes, plain, Matrix.of(sums, M, N));
        assertArrayEquals(StaticInt8Reference.sums(bytes, plain), sums, "sums of int8");
    }

    private static void run(MatMulKernel kernel, Matrix lhs, Weights weights, Matrix dst) {
        kernel.run(lhs, kernel.packRhs(weights), dst);
    }
}
