package dev.tilesmith.sample.encoder;

import dev.tilesmith.runtime.Matrix;
import dev.tilesmith.runtime.Weights;
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

    /** A layer's weights and bias, with k rows and n columns. */
    Weights weights(Projection layer);
}
