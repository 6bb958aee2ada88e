package dev.tilesmith.fuzz;

import java.util.SplittableRandom;

/** What floats are drawn from. */
enum Values {
    /** Around zero. */
    ORDINARY {
        @Override
        float next(SplittableRandom random) {
            return (float) random.nextDouble(-1, 1);
        }
    },
    /** Few, so that sums and rounding meet ties. */
    WHOLE {
        @Override
        float next(SplittableRandom random) {
            return random.nextInt(-9, 10) * 0.5f;
        }
    },
    /** Of every magnitude, finite. */
    FINITE {
        @Override
        float next(SplittableRandom random) {
            final float any = Float.intBitsToFloat(random.nextInt());
            return Float.isFinite(any) ? any : 0f;
        }
    },
    /** Every bit pattern that there is. */
    ANY {
        @Override
        float next(SplittableRandom random) {
            return Float.intBitsToFloat(random.nextInt());
        }
    },
    /** Zeros of both signs, denormals, the largest, no numbers. */
    SPECIAL {
        private static final float[] VALUES = {
            0f,
            -0f,
            1f,
            -1f,
            Float.MIN_VALUE,
            -Float.MIN_VALUE,
            Float.MIN_NORMAL,
            Float.MAX_VALUE,
            -Float.MAX_VALUE,
            Float.NaN,
            Float.POSITIVE_INFINITY,
            Float.NEGATIVE_INFINITY,
            Float.intBitsToFloat(0xffc12345)
        };

        @Override
        float next(SplittableRandom random) {
            return VALUES[random.nextInt(VALUES.length)];
        }
    };

    abstract float next(SplittableRandom random);

    /** Whether all are finite. */
    boolean finite() {
        return this == ORDINARY || this == WHOLE || this == FINITE;
    }
}
