package dev.tilesmith.bench.peer;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/**
 * Quantizes activations to unsigned bytes with one scale and one zero point for all, as ONNX's DynamicQuantizeLinear
 * does: for peers that take quantized activations. By the Vector API, on one thread.
 */
final class TensorQuantizer {
    private static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_PREFERRED.vectorBitSize() < 256
            ? FloatVector.SPECIES_256
            : FloatVector.SPECIES_PREFERRED;
    private static final int LANES = FLOATS.length();
    private static final VectorSpecies<Byte> BYTES =
            VectorSpecies.of(byte.class, VectorShape.forBitSize(LANES * Byte.SIZE));
    private static final ByteOrder ORDER = ByteOrder.nativeOrder();
    private static final float LARGEST = 255;
    /** Adding it rounds to a whole number, which then stands in the low bits of the sum. */
    private static final float ROUND = 12_582_912f;

    private static final int ROUND_BITS = Float.floatToIntBits(ROUND);

    private float scale;
    private int zeroPoint;

    /** By how much differences from the zero point are multiplied to get the last values back. */
    float scale() {
        return scale;
    }

    /** What 0 became. */
    int zeroPoint() {
        return zeroPoint;
    }

    /** Quantizes {@code count} floats to as many bytes. */
    void quantize(MemorySegment from, long count, MemorySegment to) {
        final long whole = count / LANES * LANES;
        float min = least(from, whole);
        float max = largest(from, whole);
        for (long i = whole; i < count; i++) {
            min = Math.min(min, from.getAtIndex(ValueLayout.JAVA_FLOAT, i));
            max = Math.max(max, from.getAtIndex(ValueLayout.JAVA_FLOAT, i));
        }
        scale = min == max ? 1 : (max - min) / LARGEST;
        zeroPoint = Math.clamp(Math.round(-min / scale), 0, (int) LARGEST);
        convert(from, whole, to, 1 / scale, zeroPoint);
        for (long i = whole; i < count; i++) {
            final double value = Math.rint(from.getAtIndex(ValueLayout.JAVA_FLOAT, i) / scale) + zeroPoint;
            to.set(ValueLayout.JAVA_BYTE, i, (byte) (int) Math.clamp(value, 0, LARGEST));
        }
    }

    // Comparisons and blends, for Java's min and max of floats are several instructions each.

    private static float least(MemorySegment from, long count) {
        FloatVector a = FloatVector.zero(FLOATS);
        FloatVector b = a;
        FloatVector c = a;
        FloatVector d = a;
        long i = 0;
        for (; i + 4L * LANES <= count; i += 4L * LANES) {
            a = lesser(a, load(from, i));
            b = lesser(b, load(from, i + LANES));
            c = lesser(c, load(from, i + 2L * LANES));
            d = lesser(d, load(from, i + 3L * LANES));
        }
        for (; i < count; i += LANES) {
            a = lesser(a, load(from, i));
        }
        return lesser(lesser(a, b), lesser(c, d)).reduceLanes(VectorOperators.MIN);
    }

    private static FloatVector lesser(FloatVector a, FloatVector b) {
        return a.blend(b, b.lt(a));
    }

    private static float largest(MemorySegment from, long count) {
        FloatVector a = FloatVector.zero(FLOATS);
        FloatVector b = a;
        FloatVector c = a;
        FloatVector d = a;
        long i = 0;
        for (; i + 4L * LANES <= count; i += 4L * LANES) {
            a = larger(a, load(from, i));
            b = larger(b, load(from, i + LANES));
            c = larger(c, load(from, i + 2L * LANES));
            d = larger(d, load(from, i + 3L * LANES));
        }
        for (; i < count; i += LANES) {
            a = larger(a, load(from, i));
        }
        return larger(larger(a, b), larger(c, d)).reduceLanes(VectorOperators.MAX);
    }

    private static FloatVector larger(FloatVector a, FloatVector b) {
        return a.blend(b, a.lt(b));
    }

    private static void convert(MemorySegment from, long count, MemorySegment to, float factor, float zero) {
        final FloatVector factors = FloatVector.broadcast(FLOATS, factor);
        final FloatVector addend = FloatVector.broadcast(FLOATS, zero + ROUND);
        for (long i = 0; i < count; i += LANES) {
            final IntVector whole = load(from, i)
                    .fma(factors, addend)
                    .reinterpretAsInts()
                    .sub(ROUND_BITS)
                    .max(0)
                    .min((int) LARGEST);
            ((ByteVector) whole.convertShape(VectorOperators.I2B, BYTES, 0)).intoMemorySegment(to, i, ORDER);
        }
    }

    private static FloatVector load(MemorySegment from, long index) {
        return FloatVector.fromMemorySegment(FLOATS, from, index * Float.BYTES, ORDER);
    }
}
