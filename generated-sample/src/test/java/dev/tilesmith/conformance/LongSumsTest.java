package dev.tilesmith.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tilesmith.kernel.layout.PanelFamily;
import dev.tilesmith.kernel.layout.PanelLayout;
import dev.tilesmith.kernel.packed.PackedPanels;
import dev.tilesmith.reference.F32Reference;
import dev.tilesmith.runtime.MatMulKernel;
import dev.tilesmith.runtime.Matrix;
import dev.tilesmith.runtime.Weights;
import dev.tilesmith.spec.Target;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Sums of f32 are as long as an int can say, in machine code and in Java. */
final class LongSumsTest {
    private static final ValueLayout.OfFloat FLOAT = ValueLayout.JAVA_FLOAT_UNALIGNED;
    private static final int K = Integer.MAX_VALUE;

    /** Values along K that are not zero: first and last, and around where parts of K begin. */
    private static final int[] PLACES = {0, 1, 511, 512, 1 << 20, 600_000_000, 1 << 30, K - 513, K - 512, K - 2, K - 1};

    static Stream<MatMulKernel> families() {
        return Families.of(F32KernelKernels.table());
    }

    /** Plain Java stands for all that is Java: what differs is tiles alone. */
    static Stream<MatMulKernel> longest() {
        return Stream.concat(
                families().filter(kernel -> !Families.isJava(kernel.family().target())),
                families().filter(kernel -> kernel.family().target() == Target.SCALAR));
    }

    @ParameterizedTest(allowZeroInvocations = true)
    @MethodSource("longest")
    void everyValueIsInTheSum(MatMulKernel kernel) {
        final PanelLayout layout = PanelFamily.of(kernel.family()).layout();
        final int n = layout.nr();
        try (SparseMemory lhs = SparseMemory.ofHugePages();
                SparseMemory rhs = SparseMemory.ofHugePages();
                Arena arena = Arena.ofConfined()) {
            final float[] expected = new float[n];
            for (int i = 0; i < PLACES.length; i++) {
                lhs.memory().set(FLOAT, PLACES[i] * 4L, 1 << i);
                for (int j = 0; j < n; j++) {
                    rhs.memory().set(FLOAT, (PLACES[i] * (long) n + j) * 4, j + 1);
                    expected[j] += (j + 1) << i;
                }
            }
            final MemorySegment panel = rhs.memory().asSlice(0, layout.bytes(n, K));
            final MemorySegment results = arena.allocate(4L * n, 64);
            kernel.run(1, lhs.memory(), new PackedPanels(layout, n, K, panel), results);
            Bits.assertEqual(expected, results.toArray(FLOAT), n, kernel.toString());
        }
    }

    /** More of K than a copy of a tile's rows holds. */
    @ParameterizedTest
    @MethodSource("families")
    void sumsOfManyPartsAreThoseOfTheReference(MatMulKernel kernel) {
        final int m = kernel.family().maxMr() + 1;
        final int n = 5;
        final int k = 1_100_003;
        final Matrix lhs = Matrix.of(Samples.ORDINARY.take(m * k, 1), m, k);
        final Weights weights =
                Weights.nByK(Matrix.of(Samples.ORDINARY.take(n * k, 2), n, k)).withBias(1f, 2f, 3f, 4f, 5f);
        final float[] results = new float[m * n];
        kernel.run(lhs, kernel.packRhs(weights), Matrix.of(results, m, n));
        final float[] expected = F32Reference.multiply(lhs, weights, Float.NEGATIVE_INFINITY, Float.POSITIVE_INFINITY);
        assertEquals(m * n, expected.length);
        Bits.assertEqual(expected, results, n, kernel.toString());
    }
}
