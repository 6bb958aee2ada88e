package dev.tilesmith.runtime;

/** Which bits of the two halves of the last group along K belong to values, where values lie one after the other. */
record GroupMask(long first, long last) {
    /** The mask of a group that begins at {@code start} of {@code k} values of {@code bits} bits. */
    static GroupMask of(int start, int k, int bits) {
        return new GroupMask(mask(k - start, bits), mask(k - start - Long.SIZE / bits, bits));
    }

    private static long mask(int values, int bits) {
        if (values <= 0) {
            return 0;
        }
        return values >= Long.SIZE / bits ? -1 : (1L << (values * bits)) - 1;
    }
}
