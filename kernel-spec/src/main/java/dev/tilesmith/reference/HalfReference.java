package dev.tilesmith.reference;

import dev.tilesmith.runtime.Weights.Halves;

/**
 * What results of 16 bits are, whatever is multiplied: those that a kernel of the same left operand and weights gives in f32, bounded,
 * each rounded once.
 */
public final class HalfReference {
    private HalfReference() {}

    /**
     * Rounds results to the nearest value of a format, ties to even. Of any NaN there is one, quiet and without a sign.
     *
     * @param results in f32
     * @param halves what they are rounded to
     * @return as many times 16 bits
     */
    public static short[] rounded(float[] results, Halves halves) {
        final short[] rounded = new short[results.length];
        for (int i = 0; i < results.length; i++) {
            rounded[i] = halves.round(Float.isNaN(results[i]) ? Float.NaN : results[i]);
        }
        return rounded;
    }
}
