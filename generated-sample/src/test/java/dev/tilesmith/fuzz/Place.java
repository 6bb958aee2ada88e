package dev.tilesmith.fuzz;

/** Where an operand lies. */
enum Place {
    /** A Java array. */
    ARRAY,
    /** A part of a Java array, as a segment. */
    HEAP_SLICE,
    /** The same, of which nothing may be written. */
    READ_ONLY_HEAP,
    /** Memory of an arena. */
    NATIVE,
    /** The same, some bytes beside where elements are aligned. */
    MISALIGNED,
    /** The same, of which nothing may be written. */
    READ_ONLY,
    /** Right behind a page that cannot be touched. */
    BEHIND_A_GUARD,
    /** Right before one. */
    BEFORE_A_GUARD,
    /** An arena of the calling thread alone. */
    CONFINED,
    /** An arena of another thread. */
    ANOTHER_THREADS,
    /** An arena that is closed. */
    CLOSED;

    private static final Place[] OFTEN = {
        ARRAY, ARRAY, ARRAY, HEAP_SLICE, NATIVE, MISALIGNED, BEHIND_A_GUARD, BEFORE_A_GUARD
    };

    /** Any; those that are refused seldom. */
    static Place draw(Draw draw) {
        return draw.oneIn(12) ? draw.of(values()) : draw.of(OFTEN);
    }
}
