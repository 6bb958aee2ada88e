package dev.tilesmith.sweep.operand;

import dev.tilesmith.runtime.Weights.Halves;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.SplittableRandom;

/** Random operands in memory of an arena. */
final class RandomValues {
    private static final long ALIGNMENT = 64;

    /** By this much rows are greater that are quantized with a zero point: one of 0 would hide mistakes. */
    private static final float SHIFT = 0.25f;

    /** What a significand of BF16 has after its first bit; binary16 has more. */
    private static final int SCALE_STEPS = 1 << 7;

    private final Arena arena;
    private final SplittableRandom random;

    RandomValues(Arena arena, long seed) {
        this.arena = arena;
        this.random = new SplittableRandom(seed);
    }

    /** Room for so many bytes, of zeros. */
    MemorySegment room(long bytes) {
        return arena.allocate(bytes, ALIGNMENT);
    }

    /** Values evenly spread over two units about {@value #SHIFT}. */
    MemorySegment floats(long count) {
        final MemorySegment floats = room(count * Float.BYTES);
        for (long i = 0; i < count; i++) {
            floats.setAtIndex(ValueLayout.JAVA_FLOAT, i, (float) random.nextDouble(-1, 1) + SHIFT);
        }
        return floats;
    }

    /** The same, rounded to 16 bits. */
    MemorySegment halves(long count, Halves halves) {
        final MemorySegment bits = room(count * Short.BYTES);
        for (long i = 0; i < count; i++) {
            bits.setAtIndex(ValueLayout.JAVA_SHORT, i, halves.round((float) random.nextDouble(-1, 1) + SHIFT));
        }
        return bits;
    }

    /** Bytes of any bits. */
    MemorySegment bytes(long count) {
        final MemorySegment bytes = room(count);
        long at = 0;
        for (; at + Long.BYTES <= count; at += Long.BYTES) {
            bytes.set(ValueLayout.JAVA_LONG, at, random.nextLong());
        }
        for (; at < count; at++) {
            bytes.set(ValueLayout.JAVA_BYTE, at, (byte) random.nextInt());
        }
        return bytes;
    }

    /** Scales from {@code least} to twice that, a power of two: such as every format of scales has exactly. */
    float[] scales(int count, float least) {
        final float[] scales = new float[count];
        for (int i = 0; i < count; i++) {
            scales[i] = least * (1 + (float) random.nextInt(SCALE_STEPS) / SCALE_STEPS);
        }
        return scales;
    }
}
