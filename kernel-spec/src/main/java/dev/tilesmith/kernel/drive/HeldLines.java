package dev.tilesmith.kernel.drive;

import java.util.Arrays;

/**
 * Which lines of images are in the places that there are for copies: each stays until another takes its place that no kernel is over
 * together with it. One thread's.
 */
final class HeldLines {
    private static final long NONE = -1;

    private final long[] held;

    /** Of so many places, none of which holds a line: as many as a kernel spans. */
    HeldLines(int places) {
        this.held = new long[places];
        forget();
    }

    /** Goes on with places that hold nothing. */
    void forget() {
        Arrays.fill(held, NONE);
    }

    /** The place of a row of an image. */
    int place(int row) {
        return row % held.length;
    }

    /**
     * Gives a place to a line.
     *
     * @param line counted over all images
     * @return whether it has to be copied: it was not there
     */
    boolean take(int place, long line) {
        final boolean missing = held[place] != line;
        held[place] = line;
        return missing;
    }
}
