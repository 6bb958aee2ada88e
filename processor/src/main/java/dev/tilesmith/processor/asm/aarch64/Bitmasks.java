package dev.tilesmith.processor.asm.aarch64;

import java.util.OptionalLong;

/**
 * Constants of logical instructions: runs of ones, rotated, repeated over 2 to 64 bits (Arm ARM, DecodeBitMasks).
 * Encoded as N:immr:imms; the higher bits of N:NOT(imms) say the period, the lower of imms the number of ones less one.
 */
final class Bitmasks {
    private Bitmasks() {}

    /** The 13 bits for a value of {@code bits} bits, repeated to 64; empty if there are none. */
    static OptionalLong encode(long value, int bits) {
        if (bits < 64 && value >>> bits != 0) {
            return OptionalLong.empty();
        }
        final long repeated = repeat(value, bits);
        if (repeated == 0 || repeated == -1) {
            return OptionalLong.empty();
        }
        int period = 64;
        while (period > 2 && repeat(low(repeated, period / 2), period / 2) == repeated) {
            period /= 2;
        }
        final int ones = Long.bitCount(low(repeated, period));
        for (int rotation = 0; rotation < period; rotation++) {
            if (run(ones, rotation, period) == repeated) {
                final int imms = (-(2 * period) & 0x3F) | (ones - 1);
                return OptionalLong.of((period == 64 ? 1 << 12 : 0) | rotation << 6 | imms);
            }
        }
        return OptionalLong.empty();
    }

    /** The value of {@code bits} bits that 13 bits say; empty if they are reserved or say a longer period. */
    static OptionalLong decode(long code, int bits) {
        final int selector = (int) (code >> 12 << 6 | (~code & 0x3F));
        final int period = Integer.highestOneBit(selector);
        if (period < 2 || period > bits) {
            return OptionalLong.empty();
        }
        final int ones = (int) (code & (period - 1)) + 1;
        final int rotation = (int) (code >> 6 & 0x3F);
        return ones == period || rotation >= period
                ? OptionalLong.empty()
                : OptionalLong.of(low(run(ones, rotation, period), bits));
    }

    private static long run(int ones, int rotation, int period) {
        final long run = (1L << ones) - 1;
        return repeat(low(run >>> rotation | (rotation == 0 ? 0 : run << (period - rotation)), period), period);
    }

    private static long repeat(long value, int bits) {
        long repeated = value;
        for (int have = bits; have < 64; have *= 2) {
            repeated |= repeated << have;
        }
        return repeated;
    }

    private static long low(long value, int bits) {
        return bits == 64 ? value : value & ((1L << bits) - 1);
    }
}
