package dev.tilesmith.sample.model;

/**
 * A linear layer: {@code y[n] = x[k] · weights[k][n] + bias[n]}.
 *
 * @param weights k × n
 * @param bias one for each output channel
 */
@SuppressWarnings("ArrayRecordComponent") // written once by the reader and only read from then on
public record Projection(QuantizedMatrix weights, float[] bias) {
    /** Checks the length of the bias. */
    public Projection {
        Lengths.check("bias", bias.length, weights.n());
    }

    /** One layer that computes this layer's outputs and then {@code right}'s, of the same input. */
    public Projection beside(Projection right) {
        return new Projection(weights.beside(right.weights), Lengths.concat(bias, right.bias));
    }

    @Override
    public String toString() {
        return "Projection[" + weights + "]";
    }
}
