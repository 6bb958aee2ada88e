package dev.tilesmith.kernel.argument;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class ArgumentBlockTest {
    private static final int TILES = 5;

    private final MemorySegment memory = Arena.ofAuto().allocate(NativeArguments.bytes(TILES), 64);
    private final ArgumentBlock block = new ArgumentBlock(memory);

    @Test
    void everyOffsetHasItsOwnValue() {
        final SplittableRandom random = new SplittableRandom(1);
        for (int round = 0; round < 3; round++) { // what is put again replaces what was there
            final long[] expected =
                    random.longs(NativeArguments.MASKS / Long.BYTES).toArray();
            for (int i = 0; i < expected.length; i++) {
                block.putLong(i * Long.BYTES, expected[i]);
                assertEquals(expected[i], block.longAt(i * Long.BYTES));
            }
            final MemorySegment written = block.written();
            assertEquals(memory.address(), written.address());
            for (int i = 0; i < expected.length; i++) {
                assertEquals(expected[i], written.getAtIndex(JAVA_LONG, i));
            }
        }
    }

    /** As machine code reads them: of two in a long neither disturbs the other, whichever is put first. */
    @Test
    void halvesOfALongAreApart() {
        final SplittableRandom random = new SplittableRandom(2);
        for (int i = 0; i < 1000; i++) {
            final int offset = random.nextInt(NativeArguments.MASKS / Long.BYTES) * Long.BYTES;
            final int low = random.nextInt();
            final int high = random.nextInt();
            final boolean lowFirst = random.nextBoolean();
            block.putInt(lowFirst ? offset : offset + Integer.BYTES, lowFirst ? low : high);
            block.putInt(lowFirst ? offset + Integer.BYTES : offset, lowFirst ? high : low);
            assertEquals(low, block.written().get(JAVA_INT, offset));
            assertEquals(high, block.written().get(JAVA_INT, offset + Integer.BYTES));
        }
    }

    @Test
    void floatsKeepTheirBits() {
        for (final float value : new float[] {-0f, 1.5f, Float.MIN_VALUE, Float.NEGATIVE_INFINITY, Float.NaN}) {
            block.putInt(NativeArguments.FLAGS, NativeArguments.CLAMP);
            block.putFloat(NativeArguments.CLAMP_MIN, value);
            block.putFloat(NativeArguments.CLAMP_MAX, -value);
            final MemorySegment written = block.written();
            assertEquals(NativeArguments.CLAMP, written.get(JAVA_INT, NativeArguments.FLAGS));
            assertEquals(value, written.get(JAVA_FLOAT, NativeArguments.CLAMP_MIN));
            assertEquals(-value, written.get(JAVA_FLOAT, NativeArguments.CLAMP_MAX));
        }
    }

    /** What is written later leaves them where they are. */
    @Test
    void heightsAreAListOfTheirOwn() {
        for (int tile = 0; tile <= TILES; tile++) {
            block.putHeight(tile, TILES - tile);
        }
        block.putLong(0, -1);
        final MemorySegment written = block.written();
        for (int tile = 0; tile <= TILES; tile++) {
            assertEquals(TILES - tile, written.get(JAVA_INT, NativeArguments.HEIGHTS + tile * 4L));
        }
    }
}
