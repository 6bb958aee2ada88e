package dev.tilesmith.sample.model;

/**
 * A layer norm: {@code y = (x - mean) / sqrt(variance + epsilon) * gamma + beta}, the variance over all of the row.
 *
 * @param gamma one for each column
 * @param beta one for each column
 * @param epsilon added to the variance
 */
@SuppressWarnings("ArrayRecordComponent") // written once by the reader and only read from then on
public record LayerNorm(float[] gamma, float[] beta, float epsilon) {
    /** Checks the lengths. */
    public LayerNorm {
        Lengths.check("beta", beta.length, gamma.length);
    }

    /** Length of a row. */
    public int width() {
        return gamma.length;
    }

    @Override
    public String toString() {
        return "LayerNorm[" + gamma.length + ", epsilon " + epsilon + "]";
    }
}
