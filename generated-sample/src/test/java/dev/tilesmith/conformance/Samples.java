package dev.tilesmith.conformance;

import java.util.SplittableRandom;

/** Values for operands, the same in every run. */
public enum Samples {
    /** Numbers around zero, whose sums cancel. */
    ORDINARY {
        @Override
        float next(SplittableRandom random) {
            return (float) random.nextDouble(-1, 1);
        }
    },
    /** All that floats can be: zeros of both signs, denormals, infinities, NaN, the largest and the smallest. */
    AWKWARD {
        private static final float[] VALUES = {
            0f, -0f, Float.MIN_VALUE, -Float.MIN_VALUE, Float.MIN_NORMAL, 1e-30f, -1e-30f, 1f, -1f, 3.4e38f, -3.4e38f
        };
        private static final float[] SELDOM = {
            Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY, Float.MAX_VALUE
        };

        @Override
        float next(SplittableRandom random) {
            return random.nextInt(64) == 0
                    ? SELDOM[random.nextInt(SELDOM.length)]
                    : VALUES[random.nextInt(VALUES.length)];
        }
    };

    abstract float next(SplittableRandom random);

    float[] take(int count, long seed) {
        final SplittableRandom random = new SplittableRandom(seed);
        final float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = next(random);
        }
        return values;
    }

    /**
     * Values that scales may have, which are finite.
     *
     * @param largest the largest magnitude of the scales' format
     */
    float[] takeScales(int count, long seed, float largest) {
        final float[] values = take(count, seed);
        for (int i = 0; i < count; i++) {
            values[i] = Float.isNaN(values[i]) ? largest : Math.clamp(values[i], -largest, largest);
        }
        return values;
    }
}
