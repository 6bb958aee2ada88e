package dev.tilesmith.processor.program;

/**
 * Products of BF16 as instructions add them that have an order of their own. Subnormal operands and results are zeros of their sign. Those of x86
 * round to nearest, ties to even, and what is subnormal is so after rounding; those of Arm round to odd, and what is subnormal is so before.
 */
final class Bf16Dots {
    /** What rounds to the smallest normal value if exponents have no bounds, and all that is larger. */
    private static final double NORMAL_FROM = 0x1p-126 - 0x1p-151;

    /** What is too large for binary32 when it is cut. */
    private static final double BEYOND = 0x1p128;

    /** Bits of a double's mantissa that binary32 does not have. */
    private static final int LOST_BITS = 52 - 23;

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

    /** As BFMMLA and BFMOPA where FPCR.EBF is 0: {@code sum + (even * even + odd * odd)} for each pair in turn. */
    static float toOdd(int values, Values a, Values b, float sum) {
        float result = sum;
        for (int i = 0; i < values; i += 2) {
            final float pair = addToOdd(product(a.at(i), b.at(i)), product(a.at(i + 1), b.at(i + 1)));
            result = addToOdd(operand(result), pair);
        }
        return result;
    }

    /** Of 16 bits, so that it is exact, or beyond binary32. */
    private static float product(float a, float b) {
        return operand((float) ((double) operand(a) * operand(b)));
    }

    private static float addToOdd(float a, float b) {
        final double sum = (double) a + b;
        final double ofA = sum - b;
        final double lost = (a - ofA) + (b - (sum - ofA));
        return Double.isFinite(sum) ? roundToOdd(toOdd(sum, lost)) : quiet(sum);
    }

    /** A sum and what it has lost in rounding: what is inexact is cut off, and then its last bit is 1. */
    private static double toOdd(double sum, double lost) {
        if (lost == 0) {
            return sum;
        }
        final boolean beyond = lost < 0 == sum > 0;
        final long cut = Double.doubleToRawLongBits(sum) - (beyond ? 1 : 0);
        return Double.longBitsToDouble(cut | 1);
    }

    /** The same in binary32, of what a double has. */
    private static float roundToOdd(double exact) {
        if (Math.abs(exact) < Float.MIN_NORMAL) {
            return Math.copySign(0f, (float) exact);
        }
        if (Math.abs(exact) >= BEYOND) {
            return exact > 0 ? Float.POSITIVE_INFINITY : Float.NEGATIVE_INFINITY;
        }
        final long bits = Double.doubleToRawLongBits(exact);
        final double cut = Double.longBitsToDouble(bits & -(1L << LOST_BITS));
        final int rounded = Float.floatToRawIntBits((float) cut);
        return Float.intBitsToFloat(cut == exact ? rounded : rounded | 1);
    }

    /** An infinity, or the NaN that all are. */
    private static float quiet(double sum) {
        return Double.isNaN(sum) ? Float.NaN : (float) sum;
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
