package dev.tilesmith.runtime;

/**
 * Scales and zero points of a static {@code QAI8} product, known when the weights are packed: a value {@code q} of the
 * left operand stands for {@code (q - lhsZeroPoint) * lhsScale}, one of the result for {@code (q - dstZeroPoint) *
 * dstScale}.
 *
 * <p>A sum is multiplied by {@code lhsScale * weightScale / dstScale}, computed in binary32 in that order, rounded to the
 * nearest integer, halves to even, and {@code dstZeroPoint} is added: XNNPACK's fp32 requantization.
 *
 * @param lhsScale scale of the left operand, positive and finite
 * @param lhsZeroPoint what 0 is in the left operand, from -128 to 127
 * @param dstScale scale of the result, positive and finite
 * @param dstZeroPoint what 0 is in the result, from -128 to 127
 */
public record Requantization(float lhsScale, int lhsZeroPoint, float dstScale, int dstZeroPoint) {
    /** Checks that scales are positive and finite, and that zero points are int8. */
    public Requantization {
        checkScale("lhsScale", lhsScale);
        checkScale("dstScale", dstScale);
        checkZeroPoint("lhsZeroPoint", lhsZeroPoint);
        checkZeroPoint("dstZeroPoint", dstZeroPoint);
    }

    /** For results in {@code I32}, which are exact sums of {@code (q - lhsZeroPoint) * w}. */
    public static Requantization ofSums(int lhsZeroPoint) {
        return new Requantization(1f, lhsZeroPoint, 1f, 0);
    }

    /** By what the sums of a channel of weights are multiplied. */
    public float multiplier(float weightScale) {
        return lhsScale * weightScale / dstScale;
    }

    private static void checkScale(String what, float scale) {
        if (!(scale > 0f && scale < Float.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(what + ": " + scale + "; expected a positive, finite scale");
        }
    }

    private static void checkZeroPoint(String what, int zeroPoint) {
        if (zeroPoint != (byte) zeroPoint) {
            throw new IllegalArgumentException(what + ": " + zeroPoint + "; expected -128 to 127");
        }
    }
}
