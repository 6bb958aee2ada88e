package dev.tilesmith.reference;

import dev.tilesmith.spec.Activation;

/**
 * What each {@link Activation} gives, in binary32: each operation rounds once, in the order in which it is written.
 *
 * <p>A kernel with an activation gives {@link #results} of what it would give without one, and without bounds.
 */
public final class ActivationReference {
    private static final float SIXTH = 1f / 6;

    private ActivationReference() {}

    /** What {@code activation} gives for {@code x}. */
    public static float of(Activation activation, float x) {
        return switch (activation) {
            case NONE -> x;
            case RELU -> Math.max(x, 0f);
            case RELU6 -> Math.min(Math.max(x, 0f), 6f);
            case HARD_SWISH -> hardSwish(x);
        };
    }

    /**
     * {@code x * (min(x + 3, 6) * (1/6))} from -3 on, below what it gives there. The factor is 1 from 3 on: six times a sixth,
     * as it is rounded, rounds to 1.
     */
    private static float hardSwish(float x) {
        final float bounded = Math.max(x, -3f);
        return bounded * (Math.min(bounded + 3f, 6f) * SIXTH);
    }

    /**
     * What {@code activation} gives for each of the results of a product without bounds, bounded then.
     *
     * @param clampMin lower bound; a bound of -0 is taken as +0
     * @param clampMax upper bound
     */
    public static float[] results(Activation activation, float[] products, float clampMin, float clampMax) {
        final float[] results = new float[products.length];
        for (int i = 0; i < results.length; i++) {
            results[i] = F32Reference.clamp(of(activation, products[i]), clampMin, clampMax);
        }
        return results;
    }
}
