package dev.tilesmith.spec;

/**
 * How the code of a tile goes along K, where a target has more than one way: what it computes is the same to the bit.
 *
 * @param unroll steps along K that a pass of the loop takes, at least 1
 * @param prefetch whether it fetches weights ahead
 */
public record Schedule(int unroll, Prefetch prefetch) {
    /** A step at a time, with weights fetched ahead: what every target has. */
    public static final Schedule DEFAULT = new Schedule(1, Prefetch.AHEAD);

    /** Steps beyond which no code is planned. */
    public static final int MOST_UNROLLED = 8;

    /** Who brings weights near. */
    public enum Prefetch {
        /** The code, by instructions that fetch ahead of their use. */
        AHEAD,
        /** The CPU by itself. */
        NONE
    }

    /** Whether code may take so many steps a pass. */
    public static boolean isPlanned(int unroll) {
        return unroll >= 1 && unroll <= MOST_UNROLLED;
    }

    /** Checks the steps. */
    public Schedule {
        if (!isPlanned(unroll)) {
            throw new IllegalArgumentException("unroll: " + unroll + "; expected 1 to " + MOST_UNROLLED);
        }
    }
}
