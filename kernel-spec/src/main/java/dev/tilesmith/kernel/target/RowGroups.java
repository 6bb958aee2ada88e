package dev.tilesmith.kernel.target;

/** Which rows of a left operand a target's code takes together: they lie together where they are packed. */
public enum RowGroups {
    /** Each by itself. */
    SINGLE,
    /** Each by itself; but a tile is of as many as there are, and multiplies more, which it does not store. */
    ROUNDED_UP,
    /** Two, by which two columns are multiplied at once. */
    PAIRS,
    /** Those of a tile, as many as it has: predicates end it. */
    TILES;

    /** Rows of a tile register. */
    private static final int OF_A_REGISTER = 16;

    /** Rows of a group whose tallest tile has {@code tallest}. */
    public int rows(int tallest) {
        return switch (this) {
            case SINGLE, ROUNDED_UP -> 1;
            case PAIRS -> 2;
            case TILES -> tallest;
        };
    }

    /** Rows that no two tiles may share, however tall they are. */
    public int together() {
        return rows(1);
    }

    /** Whether the tallest tile takes fewer rows too, so that no others are wanted. */
    public boolean endWithinTiles() {
        return switch (this) {
            case SINGLE, PAIRS -> false;
            case ROUNDED_UP, TILES -> true;
        };
    }

    /** Rows after the last that are read, and may hold anything. */
    public int readBeyond() {
        return switch (this) {
            case SINGLE, PAIRS, TILES -> 0;
            case ROUNDED_UP -> OF_A_REGISTER - 1;
        };
    }
}
