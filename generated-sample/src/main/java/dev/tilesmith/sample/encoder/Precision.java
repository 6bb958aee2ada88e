package dev.tilesmith.sample.encoder;

import dev.tilesmith.runtime.Matrix;
import dev.tilesmith.runtime.Weights;
import dev.tilesmith.runtime.Weights.Halves;
import dev.tilesmith.sample.model.Projection;
import dev.tilesmith.sample.model.QuantizedMatrix;

/** How a layer's weights are handed to a kernel: in the format that its declaration names for the right operand. */
@FunctionalInterface
public interface Precision {
    /** Weights for kernels whose right operand is f32: dequantized. */
    Precision F32 = layer -> {
        final QuantizedMatrix weights = layer.weights();
        return Weights.kByN(Matrix.of(weights.dequantized(), weights.k(), weights.n()))
                .withBias(layer.bias());
    };

    /** Weights for kernels whose right operand is F16: dequantized, and rounded to the nearest value. */
    Precision F16 = layer -> {
        final QuantizedMatrix weights = layer.weights();
        final float[] values = weights.dequantized();
        final short[] halves = new short[values.length];
        for (int i = 0; i < halves.length; i++) {
            halves[i] = Halves.F16.round(values[i]);
        }
        return Weights.kByN(Matrix.of(halves, weights.k(), weights.n()), Halves.F16)
                .withBias(layer.bias());
    };

    /**
     * Weights for kernels whose right operand is int8 with a scale for each output channel: the file's own. Weights with a
     * zero point other than 0 are refused with an {@link IllegalArgumentException}.
     */
    Precision INT8 = layer -> {
        final QuantizedMatrix weights = layer.weights();
        if (!weights.symmetric()) {
            throw new IllegalArgumentException("layer: " + layer + "; expected weights whose zero points are 0");
        }
        return Weights.kByN(Matrix.of(weights.values(), weights.k(), weights.n()))
                .withScales(weights.scales())
                .withBias(layer.bias());
    };

    /** A layer's weights and bias, with k rows and n columns. */
    Weights weights(Projection layer);
}
