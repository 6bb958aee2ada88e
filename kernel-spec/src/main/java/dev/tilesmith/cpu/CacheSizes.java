package dev.tilesmith.cpu;

/**
 * The data caches that one core sees.
 *
 * @param l1d bytes of the level 1 data cache
 * @param l2 bytes of the level 2 cache, shared or not
 * @param l3 bytes of the level 3 cache that the core shares, 0 where there is none
 * @param line bytes of a line of the level 1 data cache
 */
public record CacheSizes(int l1d, int l2, int l3, int line) {
    private static final int KIB = 1024;

    /**
     * What to assume of a CPU that does not tell: no more than what nearly every CPU of the last ten years has, for a
     * block that is too small costs little and a block that is too large costs much.
     */
    public static final CacheSizes DEFAULT = ofKib(32, 512, 4096);

    /** Checks the sizes. */
    public CacheSizes {
        requirePositive("l1d", l1d);
        requirePositive("l2", l2);
        requirePositive("line", line);
        if (l3 < 0) {
            throw new IllegalArgumentException("l3: " + l3 + " bytes; expected 0 or more");
        }
    }

    /** Caches of so many KiB, with lines of 64 bytes. */
    static CacheSizes ofKib(int l1d, int l2, int l3) {
        return new CacheSizes(l1d * KIB, l2 * KIB, l3 * KIB, 64);
    }

    private static void requirePositive(String name, int bytes) {
        if (bytes <= 0) {
            throw new IllegalArgumentException(name + ": " + bytes + " bytes; expected more than 0");
        }
    }

    /** For people: {@code L1d 32 KiB, L2 1024 KiB, L3 32768 KiB}. */
    @Override
    public String toString() {
        return "L1d " + l1d / KIB + " KiB, L2 " + l2 / KIB + " KiB, " + (l3 == 0 ? "no L3" : "L3 " + l3 / KIB + " KiB");
    }
}
