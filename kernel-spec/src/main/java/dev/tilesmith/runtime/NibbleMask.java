package dev.tilesmith.runtime;

/** Which bits of the last group along K belong to values, where values lie one after the other. */
record NibbleMask(long first, long last) {
    private static final int HALF = NibbleGroups.VALUES / 2;
    private static final int BITS = 4;

    /** The mask of a group that begins at {@code start} of {@code k} values. */
    static NibbleMask of(int start, int k) {
        return new NibbleMask(bits(k - start), bits(k - start - HALF));
    }

    private static long bits(int values) {
        if (values <= 0) {
            return 0;
        }
        return values >= HALF ? -1 : (1L << (values * BITS)) - 1;
    }
}
