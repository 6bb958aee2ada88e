package dev.tilesmith.bench.peer;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.FloatVector;
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
        float min = Math.min(0, extreme(from, whole, VectorOperators.MIN));
        float max = Math.max(0, extreme(from, whole, VectorOperators.MAX));
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

    private static float extreme(MemorySegment from, long count, VectorOperators.Associative which) {
        FloatVector a = FloatVector.zero(FLOATS);
        FloatVector b = a;
        long i = 0;
        for (; i + 2L * LANES <= count; i += 2L * LANES) {
            a = a.lanewise(which, load(from, i));
            b = b.lanewise(which, load(from, i + LANES));
        }
        for (; i < count; i += LANES) {
            a = a.lanewise(which, load(from, i));
        }
        return a.lanewise(which, b).reduceLanes(which);
    }

    private static void convert(MemorySegment from, long count, MemorySegment to, float factor, float zero) {
        for (long i = 0; i < count; i += LANES) {
            final FloatVector value = load(from, i)
                    .mul(factor)
                    .add(zero)
                    .lanewise(VectorOperators.MAX, 0f)
                    .lanewise(VectorOperators.MIN, LARGEST)
                    .add(ROUND);
            final ByteVector bytes = (ByteVector) value.reinterpretAsInts().convertShape(VectorOperators.I2B, BYTES, 0);
            bytes.intoMemorySegment(to, i, ORDER);
        }
    }

    private static FloatVector load(MemorySegment from, long index) {
        return FloatVector.fromMemorySegment(FLOATS, from, index * Float.BYTES, ORDER);
    }
}
