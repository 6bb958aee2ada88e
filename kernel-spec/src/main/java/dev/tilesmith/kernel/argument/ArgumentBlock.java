package dev.tilesmith.kernel.argument;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.MemorySegment;

/**
 * The arguments of a call of machine code, at the offsets that {@link NativeArguments} or {@link QuantizerArguments} names. All but
 * the heights of tiles are gathered in an array, and written to the block together: an access of a segment is so much code to the JIT
 * compiler that some twenty of them keep it from compiling a product's call in one piece, which takes a fifth of a small product's time.
 *
 * <p>One thread at a time may use it.
 */
public final class ArgumentBlock {
    private final MemorySegment memory;
    private final long[] values = new long[NativeArguments.MASKS / Long.BYTES];

    /**
     * A block.
     *
     * @param memory where it is written to: {@link NativeArguments#bytes} of as many tiles as a call has, aligned to 64
     */
    public ArgumentBlock(MemorySegment memory) {
        this.memory = memory;
    }

    /** Puts an int64 at an offset below {@link NativeArguments#MASKS}, a multiple of 8. */
    public void putLong(int offset, long value) {
        values[offset / Long.BYTES] = value;
    }

    /** Puts an int32 at an offset below {@link NativeArguments#MASKS}, a multiple of 4. */
    public void putInt(int offset, int value) {
        final int shift =
                offset % Long.BYTES * Byte.SIZE; // of two in a long the first is the lower half: little-endian
        final long other = values[offset / Long.BYTES] & ~(0xffffffffL << shift);
        values[offset / Long.BYTES] = other | Integer.toUnsignedLong(value) << shift;
    }

    /** Puts an f32 at an offset below {@link NativeArguments#MASKS}, a multiple of 4. */
    public void putFloat(int offset, float value) {
        putInt(offset, Float.floatToRawIntBits(value));
    }

    /** The int64 at an offset, as it was put. */
    public long longAt(int offset) {
        return values[offset / Long.BYTES];
    }

    /** Puts the rows of the tile at an index; those after the last are 0. */
    public void putHeight(int tile, int rows) {
        memory.set(JAVA_INT, NativeArguments.HEIGHTS + tile * (long) Integer.BYTES, rows);
    }

    /** The block, with all that has been put. */
    public MemorySegment written() {
        MemorySegment.copy(values, 0, memory, JAVA_LONG, 0, values.length);
        return memory;
    }
}
