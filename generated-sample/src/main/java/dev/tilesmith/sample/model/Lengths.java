package dev.tilesmith.sample.model;

import java.util.Arrays;

/** Lengths of the arrays that records of this package hold. */
final class Lengths {
    private Lengths() {}

    static void check(String what, int length, long expected) {
        if (length != expected) {
            throw new IllegalArgumentException(what + ": " + length + " values; expected " + expected);
        }
    }

    static float[] concat(float[] left, float[] right) {
        final float[] both = Arrays.copyOf(left, left.length + right.length);
        System.arraycopy(right, 0, both, left.length, right.length);
        return both;
    }
}
