package dev.tilesmith.runtime;

/** BF16, the upper half of a binary32. */
public final class Bf16 {
    private static final int LOW_BITS = 16;

    private Bf16() {}

    /** The value of 16 bits. */
    public static float toFloat(short bits) {
        return Float.intBitsToFloat(bits << LOW_BITS);
    }

    /** The nearest value, ties to even; NaN stays NaN. */
    public static short round(float value) {
        final int bits = Float.floatToRawIntBits(value);
        if (Float.isNaN(value)) {
            return (short) ((bits >> LOW_BITS) | 0x40);
        }
        return (short) ((bits + 0x7fff + ((bits >> LOW_BITS) & 1)) >> LOW_BITS);
    }
}
