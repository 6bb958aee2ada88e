package dev.tilesmith.conformance;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tilesmith.runtime.BatchMatMulKernel;
import dev.tilesmith.runtime.Bf16;
import dev.tilesmith.runtime.Conv2dKernel;
import dev.tilesmith.runtime.Conv2dShape;
import dev.tilesmith.runtime.DispatchTable;
import dev.tilesmith.runtime.Images;
import dev.tilesmith.runtime.Matrix;
import dev.tilesmith.runtime.MatrixBatch;
import dev.tilesmith.runtime.Weights;
import dev.tilesmith.runtime.Weights.Halves;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Other operations have the orders that products of matrices have: on operands that have the same sum in any, all families agree. */
final class FastOperationsTest {
    private static short[] integers(int count, long seed) {
        final SplittableRandom random = new SplittableRandom(seed);
        final short[] bits = new short[count];
        for (int i = 0; i < count; i++) {
            bits[i] = Bf16.round(random.nextInt(-15, 16));
        }
        return bits;
    }

    private static List<?> targets(DispatchTable<?> table) {
        return table.usable().stream().map(kernel -> kernel.family().numerics()).toList();
    }

    @Test
    void productsInPairsHaveThem() {
        final int m = 37;
        final int n = 45;
        final int k = 83;
        final short[] lhs = integers(m * k, 1);
        final short[] rhs = integers(k * n, 2);
        final float[] expected = new float[m * n];
        for (int i = 0; i < expected.length; i++) {
            for (int p = 0; p < k; p++) {
                expected[i] += Bf16.toFloat(lhs[i / n * k + p]) * Bf16.toFloat(rhs[p * n + i % n]);
            }
        }
        for (final BatchMatMulKernel kernel : BatchFastKernelKernels.table().usable()) {
            final float[] actual = new float[m * n];
            kernel.run(
                    MatrixBatch.of(Matrix.of(lhs, m, k)),
                    MatrixBatch.of(Matrix.of(rhs, k, n)),
                    MatrixBatch.of(Matrix.of(actual, m, n)));
            assertArrayEquals(expected, actual, kernel.family()::toString);
        }
        assertEquals(targets(Bf16FastKernelKernels.table()), targets(BatchFastKernelKernels.table()));
    }

    /** Of three by three pixels, which are gathered. */
    @Test
    void convolutionsHaveThem() {
        final int size = 9;
        final int channels = 7;
        final int filters = 35;
        final int k = 9 * channels;
        final short[] image = integers(size * size * channels, 3);
        final short[] weights = integers(filters * k, 4);
        final Conv2dShape shape = Conv2dShape.of(channels, filters, 3, 3);
        final int out = size - 2;
        final float[] expected = new float[out * out * filters];
        for (int i = 0; i < expected.length; i++) {
            final int pixel = i / filters;
            for (int p = 0; p < k; p++) {
                final int tap = p / channels;
                final int at = (pixel / out + tap / 3) * size + pixel % out + tap % 3;
                expected[i] +=
                        Bf16.toFloat(image[at * channels + p % channels]) * Bf16.toFloat(weights[i % filters * k + p]);
            }
        }
        for (final Conv2dKernel kernel : Conv2dFastKernelKernels.table().usable()) {
            final float[] actual = new float[expected.length];
            kernel.run(
                    Images.of(image, 1, size, size, channels),
                    kernel.packFilters(shape, Weights.nByK(Matrix.of(weights, filters, k), Halves.BF16)),
                    Images.of(actual, 1, out, out, filters));
            assertArrayEquals(expected, actual, kernel.family()::toString);
        }
        assertEquals(targets(Bf16FastKernelKernels.table()), targets(Conv2dFastKernelKernels.table()));
    }
}
