package dev.tilesmith.kernel.target;

/** Which rows of a left operand a target's code takes together: they lie together where they are packed. */
public enum RowGroups {
    /** Each by itself. */
    SINGLE,
    /** Two, by which two columns are multiplied at once. */
    PAIRS,
    /** Those of a tile, as many as it has: predicates end it. */
    TILES;

    /** Rows of a group whose tallest tile has {@code tallest}. */
    public int rows(int tallest) {
        return switch (this) {
            case SINGLE -> 1;
            case PAIRS -> 2;
            case TILES -> tallest;
        };
    }

    /** Rows that no two tiles may share, however tall they are. */
    public int together() {
        return rows(1);
    }
}
