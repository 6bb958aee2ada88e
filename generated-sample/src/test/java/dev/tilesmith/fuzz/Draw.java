package dev.tilesmith.fuzz;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** What a problem's seed makes of each choice; and what was chosen, for people. */
final class Draw {
    /** Numbers around which arithmetic in 32 bits goes wrong. */
    private static final int[] EXTREMES = {
        0,
        1,
        -1,
        2,
        -2,
        31,
        32,
        33,
        63,
        64,
        65,
        255,
        256,
        1 << 15,
        1 << 16,
        (1 << 30) - 1,
        1 << 30,
        (1 << 30) + 1,
        Integer.MAX_VALUE,
        Integer.MAX_VALUE - 1,
        Integer.MAX_VALUE - 31,
        Integer.MIN_VALUE,
        Integer.MIN_VALUE + 1,
        600_000_000,
        -5
    };

    private static final long[] LONG_EXTREMES = {
        1L << 31,
        (1L << 31) - 1,
        1L << 32,
        1L << 33,
        1L << 40,
        1L << 61,
        1L << 62,
        (1L << 62) + 1,
        Long.MAX_VALUE,
        Long.MAX_VALUE - 1,
        Long.MIN_VALUE,
        Long.MIN_VALUE + 1,
        -1L << 32
    };

    private final SplittableRandom random;
    private final List<Note> notes = new ArrayList<>();
    private final Consumer<String> log;

    private record Note(String what, Object value) {
        @Override
        public String toString() {
            return what + " " + value;
        }
    }

    Draw(long seed) {
        this(seed, _ -> {});
    }

    /** Choices of which {@code log} is told at once. */
    Draw(long seed, Consumer<String> log) {
        this.log = log;
        // Seeds are numbered one after the other; a constructor's seed as it is would begin alike.
        random = new SplittableRandom(seed * 0x9e3779b97f4a7c15L).split();
    }

    /** Keeps what was chosen. */
    <T> T note(String what, T value) {
        notes.add(new Note(what, value));
        log.accept(notes.getLast().toString());
        return value;
    }

    /** What was chosen, in order. */
    String notes() {
        return notes.stream().map(Note::toString).collect(Collectors.joining(", "));
    }

    boolean oneIn(int count) {
        return random.nextInt(count) == 0;
    }

    int below(int bound) {
        return random.nextInt(bound);
    }

    /** From {@code from} to {@code to}, both included. */
    int between(int from, int to) {
        return from + random.nextInt(to - from + 1);
    }

    long next() {
        return random.nextLong();
    }

    @SafeVarargs
    final <T> T of(T... choices) {
        return choices[random.nextInt(choices.length)];
    }

    <T> T from(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    /** An int near the ends of what ints are, or any. */
    int extreme() {
        return oneIn(4) ? random.nextInt() : EXTREMES[random.nextInt(EXTREMES.length)];
    }

    /** A long near the ends of what longs or ints are, or any. */
    long longExtreme() {
        return switch (random.nextInt(3)) {
            case 0 -> extreme();
            case 1 -> LONG_EXTREMES[random.nextInt(LONG_EXTREMES.length)];
            default -> random.nextLong() >> random.nextInt(64);
        };
    }

    /** A size: mostly small, often 0 or 1, seldom up to {@code most}. */
    int size(int most) {
        return switch (random.nextInt(16)) {
            case 0 -> random.nextInt(2);
            case 1, 2, 3 -> 1;
            case 4, 5, 6, 7, 8, 9 -> between(1, Math.min(most, 9));
            case 15 -> between(0, most);
            default -> between(1, Math.max(1, most / 3));
        };
    }

    byte[] bytes(int count) {
        final byte[] bytes = new byte[count];
        random.nextBytes(bytes);
        return bytes;
    }

    double real(double from, double to) {
        return random.nextDouble(from, to);
    }

    float[] floats(int count, Values values) {
        final float[] floats = new float[count];
        for (int i = 0; i < count; i++) {
            floats[i] = values.next(random);
        }
        return floats;
    }
}
