package dev.tilesmith.bench.work;

import dev.tilesmith.runtime.HugePageArena;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * Weights in sixteen bits each, without scales.
 *
 * @param type which sixteen bits
 * @param bytes n x k values in the order of the machine's bytes, off the heap
 */
public record HalfWeights(Type type, MemorySegment bytes) implements QuantizedWeights {
    /** What sixteen bits stand for. */
    public enum Type {
        /** IEEE 754's binary16. */
        F16,
        /** The upper half of a binary32. */
        BF16;

        /** The nearest value's bits; of two as near the even one's. */
        private short bits(float value) {
            return switch (this) {
                case F16 -> Float.floatToFloat16(value);
                case BF16 -> (short) (Float.floatToIntBits(BlockWeights.bf16(value)) >>> Short.SIZE);
            };
        }

        private float value(short bits) {
            return switch (this) {
                case F16 -> Float.float16ToFloat(bits);
                case BF16 -> Float.intBitsToFloat(bits << Short.SIZE);
            };
        }
    }

    /** Rounds n x k floats. */
    static HalfWeights round(Type type, MemorySegment weights, int n, int k) {
        final long count = (long) n * k;
        final MemorySegment bytes = HugePageArena.in(Arena.ofAuto()).allocate(count * Short.BYTES, 64);
        for (long i = 0; i < count; i++) {
            bytes.setAtIndex(ValueLayout.JAVA_SHORT, i, type.bits(Operands.get(weights, i)));
        }
        return new HalfWeights(type, bytes);
    }

    @Override
    public void dequantizeInto(MemorySegment weights) {
        for (long i = 0; i * Short.BYTES < bytes.byteSize(); i++) {
            weights.setAtIndex(ValueLayout.JAVA_FLOAT, i, type.value(bytes.getAtIndex(ValueLayout.JAVA_SHORT, i)));
        }
    }
}
