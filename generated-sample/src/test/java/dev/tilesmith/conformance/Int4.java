package dev.tilesmith.conformance;

import dev.tilesmith.reference.Int4Reference;
import dev.tilesmith.reference.Int4Reference.Scales;
import dev.tilesmith.runtime.Bf16;
import dev.tilesmith.runtime.MatMulKernel;
import dev.tilesmith.runtime.Matrix;
import dev.tilesmith.runtime.Weights;
import dev.tilesmith.spec.Format;
import java.util.SplittableRandom;

/** Weights of four bits, and what the reference makes of them, for kernels with scales of channels and of blocks. */
final class Int4 {
    private Int4() {}

    static boolean hasBlocks(MatMulKernel kernel) {
        return kernel.family().layout().hasBlocks();
    }

    private static Scales scales(MatMulKernel kernel) {
        return kernel.family().layout().scales() == Format.BF16 ? Scales.BF16 : Scales.F32;
    }

    static Int4Reference.Blocks quantize(MatMulKernel kernel, Weights weights) {
        return hasBlocks(kernel) ? Int4Reference.blocks(weights, scales(kernel)) : Int4Reference.channels(weights);
    }

    static float[] multiply(MatMulKernel kernel, Matrix lhs, Weights weights, float clampMin, float clampMax) {
        return hasBlocks(kernel)
                ? Int4Reference.multiplyBlocks(lhs, weights, scales(kernel), clampMin, clampMax)
                : Int4Reference.multiplyChannels(lhs, weights, clampMin, clampMax);
    }

    /** All values there are; scales as awkward as the samples, in blocks of {@code bl}, or of channels if that is 0. */
    static Weights weights(MatMulKernel kernel, int n, int k, int bl, Samples samples) {
        final byte[] values = new byte[n * ((k + 1) / 2)];
        new SplittableRandom(2).nextBytes(values);
        final Weights bare = Weights.nByK(Matrix.of(values, n, (k + 1) / 2), new Weights.Nibbles(k, n % 2 * 8));
        final float[] scales = samples.take(bl == 0 ? n : n * (k / bl), 4);
        if (bl != 0 && scales(kernel) == Scales.BF16) {
            for (int i = 0; i < scales.length; i++) {
                scales[i] = Bf16.toFloat(Bf16.round(scales[i]));
            }
        }
        final Weights weights = bl == 0 ? bare.withScales(scales) : bare.withBlockScales(bl, scales);
        return kernel.family().layout().bias() && n % 3 != 0 ? weights.withBias(samples.take(n, 3)) : weights;
    }

    static float[] turned(float[] values, int n, int k) {
        final float[] turned = new float[n * k];
        for (int i = 0; i < n * k; i++) {
            turned[i % k * n + i / k] = values[i];
        }
        return turned;
    }

    /** Values from -8 to 7, n rows of k, two to a byte. */
    static Weights nByK(byte[] values, int n, int k, int zeroPoint, int bl, float... scales) {
        final Matrix bytes = packed(values, n, k, zeroPoint);
        return scaled(Weights.nByK(bytes, new Weights.Nibbles(k, zeroPoint)), bl, scales);
    }

    /** Values from -8 to 7, n rows of k, turned to k rows of n, two to a byte. */
    static Weights kByN(byte[] values, int n, int k, int zeroPoint, int bl, float... scales) {
        final byte[] turned = new byte[n * k];
        for (int i = 0; i < n * k; i++) {
            turned[i % k * n + i / k] = values[i];
        }
        final Matrix bytes = packed(turned, k, n, zeroPoint);
        return scaled(Weights.kByN(bytes, new Weights.Nibbles(n, zeroPoint)), bl, scales);
    }

    private static Weights scaled(Weights weights, int bl, float... scales) {
        return bl == 0 ? weights.withScales(scales) : weights.withBlockScales(bl, scales);
    }

    private static Matrix packed(byte[] values, int rows, int columns, int zeroPoint) {
        final int width = (columns + 1) / 2;
        final byte[] bytes = new byte[rows * width];
        for (int i = 0; i < rows * columns; i++) {
            final int column = i % columns;
            final int bits = (values[i] + zeroPoint) & 15;
            bytes[i / columns * width + column / 2] |= (byte) (bits << (column % 2 * 4));
        }
        return Matrix.of(bytes, rows, width);
    }
}
