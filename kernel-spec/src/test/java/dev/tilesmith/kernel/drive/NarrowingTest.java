package dev.tilesmith.kernel.drive;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tilesmith.kernel.layout.HalfElements;
import dev.tilesmith.runtime.Matrix;
import dev.tilesmith.runtime.Weights.Halves;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Stretches of any length are rounded value by value, and stored where they belong and nowhere else. */
final class NarrowingTest {
    private static final short UNTOUCHED = 0x0707;
    private static final int[] COUNTS = {0, 1, 2, 3, 15, 64, 1001, Narrowing.LENGTH - 1, Narrowing.LENGTH};

    /** Of any bits, every eighth a NaN, and beside it what is nearly one. */
    private static float[] values(int count, long seed) {
        final SplittableRandom random = new SplittableRandom(seed);
        final float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            final int any = random.nextInt();
            values[i] = Float.intBitsToFloat(
                    switch (i % 8) {
                        case 6 -> any | 0x7f80_0000;
                        case 7 -> (any | 0x7f80_0000) & 0xff80_ffff;
                        default -> any;
                    });
        }
        return values;
    }

    private static short expected(Halves halves, float value) {
        return halves.round(Float.isNaN(value) ? Float.NaN : value);
    }

    @ParameterizedTest
    @EnumSource
    void roundsEachValue(Halves halves) {
        final Narrowing narrowing = Narrowing.of(halves);
        final int before = 3;
        for (int round = 0; round < 100; round++) {
            for (final int count : COUNTS) {
                final float[] values = values(before + count, round);
                final short[] expected = new short[count];
                for (int i = 0; i < count; i++) {
                    expected[i] = expected(halves, values[before + i]);
                }
                final short[] actual =
                        narrowing.round(MemorySegment.ofArray(values), before * (long) Float.BYTES, count);
                assertArrayEquals(expected, Arrays.copyOf(actual, count));
            }
        }
    }

    /** From memory at an odd address, into an array and into memory at an odd address. */
    @ParameterizedTest
    @EnumSource
    void leavesTheRestAlone(Halves halves) {
        final Narrowing narrowing = Narrowing.of(halves);
        final ValueLayout.OfShort little = ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
        final float[] values = values(37, 1);
        try (Arena arena = Arena.ofConfined()) {
            final MemorySegment from = arena.allocate(200).asSlice(1);
            MemorySegment.copy(values, 0, from, ValueLayout.JAVA_FLOAT_UNALIGNED, 0, values.length);
            final short[] halvesOfAll = narrowing.round(from, 0, values.length);
            final short[] array = new short[64];
            Arrays.fill(array, UNTOUCHED);
            final MemorySegment segment = arena.allocate(129).asSlice(1).fill((byte) UNTOUCHED);
            HalfElements.write("dst", halvesOfAll, 5, 20, Matrix.of(array, 1, 64), 9);
            HalfElements.write("dst", halvesOfAll, 5, 20, Matrix.ofShorts(segment, 1, 64), 9);
            for (int i = 0; i < array.length; i++) {
                final short wanted = i < 9 || i >= 29 ? UNTOUCHED : expected(halves, values[i - 9 + 5]);
                assertEquals(wanted, array[i], "element " + i);
                assertEquals(wanted, segment.get(little, 2L * i), "element " + i);
            }
        }
    }
}
