package dev.tilesmith.kernel.packing;

import dev.tilesmith.kernel.layout.PanelLayout;
import java.util.Arrays;

/**
 * Groups of 16 bytes of weights: 16 values of eight bits, or 32 of four, from 0 to 15, in one of several orders. In the order <i>apart</i> (1, 2, 4, 8 or 16)
 * the values of a byte are so far from each other: a group is {@code 16/apart} runs of {@code apart} bytes, and byte i of
 * the run at k has value k + i in its low bits and value k + apart + i in its high ones. 1 is how values lie two to a byte
 * by themselves, 16 how ggml's blocks have them, kr how a kernel's panels do.
 *
 * <p>A group is four ints of four bytes, little-endian, each in an array of its own: then what is done to all groups is a
 * plain loop, which the JIT compiler turns into vectors by itself. From one order to the next, half of the values change
 * places with others: a delta swap (Knuth, The Art of Computer Programming, 7.1.3).
 */
final class ValueGroups {
    /** Bytes of a group. */
    static final int BYTES = 16;

    /** Groups of a stretch at most: blocks are whole in it, whatever their length. */
    static final int STRETCH = 32;

    private static final int LOW = 0x0f0f0f0f;
    private static final int EVEN_BYTES = 0x00ff00ff;

    private final int[] first;
    private final int[] second;
    private final int[] third;
    private final int[] fourth;

    /** Room for {@code count} groups. */
    ValueGroups(int count) {
        this.first = new int[count];
        this.second = new int[count];
        this.third = new int[count];
        this.fourth = new int[count];
    }

    /** Values of a group of a panel of such a layout, which are of four bits or eight. */
    static int values(PanelLayout layout) {
        return BYTES * Byte.SIZE / layout.weights().stored().bits();
    }

    /** Makes all values 0. */
    void clear() {
        Arrays.fill(first, 0);
        Arrays.fill(second, 0);
        Arrays.fill(third, 0);
        Arrays.fill(fourth, 0);
    }

    /** Puts the first and the last eight bytes of a group at a place. */
    void put(int at, long low, long high) {
        first[at] = (int) low;
        second[at] = (int) (low >>> Integer.SIZE);
        third[at] = (int) high;
        fourth[at] = (int) (high >>> Integer.SIZE);
    }

    /** The bytes of all groups from {@code 4 * quarter} to {@code 4 * quarter + 3}. */
    int[] quarter(int quarter) {
        return switch (quarter) {
            case 0 -> first;
            case 1 -> second;
            case 2 -> third;
            default -> fourth;
        };
    }

    /** Brings {@code count} groups of values of four bits from the order {@code from} into the order {@code to}. */
    void change(int count, int from, int to) {
        for (int apart = from; apart < to; apart *= 2) {
            swap(count, apart);
        }
        for (int apart = from / 2; apart >= to; apart /= 2) {
            swap(count, apart);
        }
    }

    /** Brings groups from the order {@code apart} into that of twice as much, or back: it is its own inverse. */
    private void swap(int count, int apart) {
        switch (apart) {
            case 1 -> swapAll(count, 4, 0x00f000f0);
            case 2 -> swapAll(count, 12, 0x0000f0f0);
            case 4 -> {
                exchange(first, second, count);
                exchange(third, fourth, count);
            }
            default -> {
                exchange(first, third, count);
                exchange(second, fourth, count);
            }
        }
    }

    private void swapAll(int count, int distance, int mask) {
        swap(first, count, distance, mask);
        swap(second, count, distance, mask);
        swap(third, count, distance, mask);
        swap(fourth, count, distance, mask);
    }

    /** Swaps the bits of {@code mask} with those {@code distance} above them. */
    private static void swap(int[] values, int count, int distance, int mask) {
        for (int i = 0; i < count; i++) {
            final int changed = (values[i] ^ (values[i] >>> distance)) & mask;
            values[i] ^= changed ^ (changed << distance);
        }
    }

    /** Swaps the high bits of {@code earlier} bytes with the low bits of {@code later} ones. */
    private static void exchange(int[] earlier, int[] later, int count) {
        for (int i = 0; i < count; i++) {
            final int changed = ((earlier[i] >>> 4) ^ later[i]) & LOW;
            earlier[i] ^= changed << 4;
            later[i] ^= changed;
        }
    }

    /** The sums of the values of {@code count} groups of four bits, whatever their order. */
    void sum(int count, int[] sums) {
        for (int i = 0; i < count; i++) {
            final int bytes = (first[i] & LOW)
                    + ((first[i] >>> 4) & LOW)
                    + (second[i] & LOW)
                    + ((second[i] >>> 4) & LOW)
                    + (third[i] & LOW)
                    + ((third[i] >>> 4) & LOW)
                    + (fourth[i] & LOW)
                    + ((fourth[i] >>> 4) & LOW);
            final int pairs = (bytes & EVEN_BYTES) + ((bytes >>> 8) & EVEN_BYTES);
            sums[i] = (pairs + (pairs >>> 16)) & 0xffff;
        }
    }
}
