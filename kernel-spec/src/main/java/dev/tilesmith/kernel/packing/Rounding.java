package dev.tilesmith.kernel.packing;

/** How quantized values are rounded where halves go away from zero. */
public final class Rounding {
    /** The largest float below one half: added to a value, its sign kept, it makes truncation round halves away from zero. */
    private static final float BELOW_HALF = Math.nextDown(0.5f);

    private Rounding() {}

    /** As C's {@code roundf} for values that an int holds; larger ones stay beyond every int8; NaN becomes 0. */
    public static float halfAway(float value) {
        return (int) (value + Math.copySign(BELOW_HALF, value));
    }
}
