package dev.tilesmith.sample.onnx;

import dev.tilesmith.sample.network.Operation.Affine;
import java.util.Arrays;

/** Affine maps as nodes spell them. */
final class Affines {
    private Affines() {}

    static Affine shift(float[] shift) {
        final float[] scale = new float[shift.length];
        Arrays.fill(scale, 1);
        return new Affine(scale, shift);
    }

    static Affine scale(float[] scale) {
        return new Affine(scale, new float[scale.length]);
    }

    /** {@code (x - mean) / sqrt(variance + epsilon) * gamma + beta}. */
    static Affine batchNorm(Value value) {
        final float[] gamma = parameter(value, 1);
        final float[] beta = parameter(value, 2);
        final float[] mean = parameter(value, 3);
        final float[] variance = parameter(value, 4);
        final float epsilon = value.attributes("BatchNormalization").number("epsilon", 1e-5f);
        final float[] scale = new float[gamma.length];
        final float[] shift = new float[gamma.length];
        for (int i = 0; i < scale.length; i++) {
            final double factor = gamma[i] / Math.sqrt((double) variance[i] + epsilon);
            scale[i] = (float) factor;
            shift[i] = (float) (beta[i] - mean[i] * factor);
        }
        return new Affine(scale, shift);
    }

    private static float[] parameter(Value value, int index) {
        return value.back("BatchNormalization", index).constant("parameter").floats();
    }
}
