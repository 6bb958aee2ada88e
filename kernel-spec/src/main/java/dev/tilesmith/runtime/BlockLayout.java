package dev.tilesmith.runtime;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/**
 * Blocks of {@value #LENGTH} quantized values along K that hold their own scale, byte by byte as ggml defines them
 * ({@code block_q4_0} and its siblings in ggml-common.h) and as they lie in a GGUF file. A row of K values is {@code
 * k/32} blocks, one right after the other; floats are binary16; all is little-endian, and nothing need be aligned.
 *
 * <table>
 * <caption>A block's bytes; q is the integer of a value</caption>
 * <tr><th></th><th>bytes</th><th>scale</th><th>min</th><th>values</th><th>value i stands for</th></tr>
 * <tr><td>{@link #Q4_0}</td><td>18</td><td>0, 1</td><td></td><td>2 to 17</td><td>{@code scale * (q - 8)}</td></tr>
 * <tr><td>{@link #Q4_1}</td><td>20</td><td>0, 1</td><td>2, 3</td><td>4 to 19</td><td>{@code scale * q + min}</td></tr>
 * <tr><td>{@link #Q8_0}</td><td>34</td><td>0, 1</td><td></td><td>2 to 33</td><td>{@code scale * q}</td></tr>
 * </table>
 *
 * <p>Of four bits, byte j of the values has q of value j in its low bits and q of value j + 16 in its high ones, both
 * from 0 to 15. Of eight bits, byte j is q of value j, from -128 to 127.
 */
public enum BlockLayout {
    /** Four bits, symmetric: ggml's Q4_0, and KleidiAI's {@code qsu4c32s16s0} with blocks of 32. */
    Q4_0(2, 4, 8),
    /** Four bits and a min: ggml's Q4_1. */
    Q4_1(4, 4, 0),
    /** Eight bits, symmetric: ggml's Q8_0. */
    Q8_0(2, 8, 0);

    /** Values of a block. */
    public static final int LENGTH = 32;

    private static final ValueLayout.OfShort SHORT =
            ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final int NIBBLE = 4;
    private static final int HALF = LENGTH / 2;

    private final int valuesAt;
    private final int bits;
    private final int zeroPoint;

    BlockLayout(int valuesAt, int bits, int zeroPoint) {
        this.valuesAt = valuesAt;
        this.bits = bits;
        this.zeroPoint = zeroPoint;
    }

    /** Bytes of a block. */
    public int bytes() {
        return valuesAt + LENGTH * bits / Byte.SIZE;
    }

    /** Bytes from the start of a block to its values. The scale is at its start, and a min right after that. */
    public int valuesAt() {
        return valuesAt;
    }

    /** Bits of a value. */
    public int bits() {
        return bits;
    }

    /** What is taken off a value's bits: 8 for Q4_0, else 0. */
    public int zeroPoint() {
        return zeroPoint;
    }

    /** Whether a block has a min, which is added to all its values. */
    public boolean hasMin() {
        return this == Q4_1;
    }

    /** The scale of the block that begins at byte {@code at}. */
    public float scale(MemorySegment data, long at) {
        return Float.float16ToFloat(data.get(SHORT, at));
    }

    /** The min of the block that begins at byte {@code at}: 0 where blocks have none. */
    public float min(MemorySegment data, long at) {
        return hasMin() ? Float.float16ToFloat(data.get(SHORT, at + Short.BYTES)) : 0f;
    }

    /**
     * A value of the block that begins at byte {@code at}, which stands for {@code scale * value + min}. This defines
     * the layout; packers read many values at a time.
     *
     * @param i which of the block's values, from 0 to 31
     */
    public int value(MemorySegment data, long at, int i) {
        if (bits == Byte.SIZE) {
            return data.get(ValueLayout.JAVA_BYTE, at + valuesAt + i);
        }
        final int both = data.get(ValueLayout.JAVA_BYTE, at + valuesAt + i % HALF);
        return ((both >> (i / HALF * NIBBLE)) & 15) - zeroPoint;
    }

    /**
     * Bytes of a row of k values.
     *
     * @throws IllegalArgumentException if k is negative or no multiple of {@value #LENGTH}
     */
    public long rowBytes(int k) {
        if (k < 0 || k % LENGTH != 0) {
            throw new IllegalArgumentException(
                    "k: " + k + "; expected a multiple of " + LENGTH + ", the values of a block of " + this);
        }
        return (long) k / LENGTH * bytes();
    }
}
