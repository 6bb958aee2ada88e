package dev.tilesmith.processor.program;

/**
 * Products of BF16 as instructions add them that have an order of their own. They round to nearest, ties to even; subnormal operands and
 * results are zeros of their sign, which they are after rounding.
 */
final class Bf16Dots {
    /** What rounds to the smallest normal value if exponents have no bounds, and all that is larger. */
    private static final double NORMAL_FROM = 0x1p-126 - 0x1p-151;

    /** Values of one side. */
    @FunctionalInterface
    interface Values {
        float at(int index);
    }

    private Bf16Dots() {}

    /** As TDPBF16PS: {@code sum + (even + odd)}, of chains of the even ones and of the odd ones from +0 on. */
    static float byParity(int values, Values a, Values b, float sum) {
        float even = 0f;
        float odd = 0f;
        for (int i = 0; i < values; i += 2) {
            even = fma(a.at(i), b.at(i), even);
            odd = fma(a.at(i + 1), b.at(i + 1), odd);
        }
        return add(sum, add(even, odd));
    }

    /** As VDPBF16PS: the odd one first. */
    static float ofPair(Values a, Values b, float sum) {
        return fma(a.at(0), b.at(0), fma(a.at(1), b.at(1), sum));
    }

    private static float add(float a, float b) {
        return fma(a, 1f, b);
    }

    private static float fma(float a, float b, float c) {
        final float x = operand(a);
        final float y = operand(b);
        final float z = operand(c);
        final float result = Math.fma(x, y, z);
        return Math.abs(Math.fma((double) x, y, z)) < NORMAL_FROM ? Math.copySign(0f, result) : result;
    }

    private static float operand(float value) {
        return Math.abs(value) < Float.MIN_NORMAL ? Math.copySign(0f, value) : value;
    }
}
