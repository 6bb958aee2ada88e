package dev.tilesmith.kernel.packing;

/** Which bits of the two halves of the last group along K belong to values, where values lie one after the other. */
record GroupMask(long first, long last) {
    /** The mask of a group that begins at {@code start} of {@code k} values of {@code bits} bits. */
    static GroupMask of(int start, int k, int bits) {
        final long left = (long) (k - start) * bits;
        return new GroupMask(mask(left), mask(left - Long.SIZE));
    }

    private static long mask(long bits) {
        if (bits <= 0) {
            return 0;
        }
        return bits >= Long.SIZE ? -1 : (1L << bits) - 1;
    }
}
