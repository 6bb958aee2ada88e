package dev.tilesmith.conformance;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tilesmith.reference.F32Reference;
import dev.tilesmith.runtime.MatMulKernel;
import dev.tilesmith.runtime.Matrix;
import dev.tilesmith.runtime.Weights;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A JVM whose fused multiply-add is software: runs in an execution of its own, on few products, for it is slow. */
final class NoFmaJvmCheck {
    static Stream<MatMulKernel> families() {
        return Formats.F32.stream().flatMap(Tested::families).map(Tested::kernel);
    }

    @ParameterizedTest
    @MethodSource("families")
    void givesTheBitsOfTheReference(MatMulKernel kernel) {
        for (final Samples samples : Samples.values()) {
            final int m = 3;
            final int n = 17;
            final int k = 9;
            final Matrix lhs = Matrix.of(samples.take(m * k, 1), m, k);
            final Weights weights = Weights.nByK(Matrix.of(samples.take(n * k, 2), n, k));
            final float[] actual = new float[m * n];
            kernel.run(lhs, kernel.packRhs(weights), Matrix.of(actual, m, n));
            final float[] expected =
                    F32Reference.multiply(lhs, weights, Float.NEGATIVE_INFINITY, Float.POSITIVE_INFINITY);
            Bits.assertEqual(expected, actual, n, kernel + " " + samples);
        }
    }

    @Test
    void explainSaysSo() {
        final String explanation = F32KernelKernels.table().explain();
        assertTrue(explanation.contains("-XX:-UseFMA"), explanation);
    }
}
