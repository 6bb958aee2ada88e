package dev.tilesmith.bench.work;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * Scales and zero points of activations and results that are int8 and known beforehand: a value stands for
 * {@code (value - zeroPoint) * scale}.
 *
 * @param lhsScale scale of the activations
 * @param lhsZeroPoint what 0 is among them, from -128 to 127
 * @param dstScale scale of the results
 * @param dstZeroPoint what 0 is among them, from -128 to 127
 */
public record StaticScales(float lhsScale, int lhsZeroPoint, float dstScale, int dstZeroPoint) {
    /** By how much an unsigned byte is more than the signed one that stands for the same. */
    public static final int UNSIGNED = 128;

    /** Of the activations, which are spread over an interval of 2 around 0.25. */
    private static final float LHS_SCALE = 2f / 255;

    private static final int LHS_ZERO_POINT = -32;

    private static final int DST_ZERO_POINT = 3;
    private static final float LARGEST = 120;

    /** Rounds activations to what int8 has, and takes a scale that the largest results fit with little room to spare. */
    static StaticScales calibrate(MemorySegment activations, DoubleReference results) {
        for (long i = 0; i < activations.byteSize() / Float.BYTES; i++) {
            activations.setAtIndex(ValueLayout.JAVA_FLOAT, i, lhsValue(Operands.get(activations, i)) * LHS_SCALE);
        }
        final double largest = results.largest();
        final float dstScale = largest == 0 ? 1 : (float) largest / LARGEST;
        return new StaticScales(LHS_SCALE, LHS_ZERO_POINT, dstScale, DST_ZERO_POINT);
    }

    /** The nearest value, before the zero point is added. */
    private static int lhsValue(float activation) {
        return Math.clamp((long) Math.rint(activation / LHS_SCALE), -128 - LHS_ZERO_POINT, 127 - LHS_ZERO_POINT);
    }

    /** The activations in bytes: signed with an {@code offset} of 0, unsigned with {@link #UNSIGNED}. */
    public MemorySegment lhs(MemorySegment activations, int offset) {
        final long count = activations.byteSize() / Float.BYTES;
        final MemorySegment bytes = bytes(count);
        for (long i = 0; i < count; i++) {
            bytes.set(
                    ValueLayout.JAVA_BYTE, i, (byte) (lhsValue(Operands.get(activations, i)) + lhsZeroPoint + offset));
        }
        return bytes;
    }

    /** Room for results in bytes, that lives as long as it is reachable. */
    public static MemorySegment bytes(long count) {
        return Arena.ofAuto().allocate(count, 64);
    }

    /** Writes what results stand for to {@code floats}, and gives these. */
    public MemorySegment dequantized(MemorySegment results, int offset, MemorySegment floats) {
        for (long i = 0; i < results.byteSize(); i++) {
            // An unsigned byte is the signed one with another highest bit.
            final int value = (byte) (results.get(ValueLayout.JAVA_BYTE, i) - offset);
            floats.setAtIndex(ValueLayout.JAVA_FLOAT, i, (value - dstZeroPoint) * dstScale);
        }
        return floats;
    }
}
