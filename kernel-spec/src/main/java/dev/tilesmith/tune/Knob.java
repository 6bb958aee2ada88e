package dev.tilesmith.tune;

import dev.tilesmith.word.Vocabulary;
import java.util.List;
import java.util.Locale;

/**
 * A number that only measurement can tell, and that changes how long a product takes but not one bit of it. {@link Tuning} has
 * the value of each for a target, and where it was measured.
 */
public enum Knob {
    /** Tiles of a block of rows: enough that reading a panel costs little beside using it. */
    TILES_PER_BLOCK("tiles", 1, 64),
    /** How far ahead a panel's own values are fetched that one tile alone uses. */
    FETCH_NEAR("bytes", 0, 1 << 20),
    /** The same where weights come from memory, or from the far parts of a last-level cache. */
    FETCH_FAR("bytes", 0, 1 << 20),
    /** Bytes of weights from which on they are fetched so early. */
    FETCH_FAR_FROM("bytes", 0, 1L << 40),
    /** What a block of the left operand takes of the second-level cache. */
    LHS_SHARE_OF_L2("eighths", 1, 8),
    /** The shortest block along K that a block of rows is cut into to stay in that cache. */
    LEAST_K_BLOCK("values", 64, 1 << 20),
    /** Rows in the same sets of the first-level cache from which on they are copied. */
    ROWS_IN_CONFLICT("rows", 1, 1 << 16),
    /** Tiles from which on a panel is decoded once for all. */
    TILES_TO_DECODE("tiles", 1, 1 << 16),
    /** The same where weights are looked up in a table. */
    TILES_TO_LOOK_UP("tiles", 1, 1 << 16),
    /** Rows of a tile from which on tile registers multiply it: they take as long for one row as for sixteen. */
    ROWS_FOR_TILES("rows", 1, 14),
    /** The same of weights in blocks, whose panels are decoded for others anyway. */
    ROWS_FOR_BLOCK_TILES("rows", 1, 16),
    /** How much of a result is computed aside at a time, so that it stays in a cache until it is copied. */
    ASIDE_BYTES("bytes", 1 << 12, 1 << 22),
    /** How much of rows in a Java array a call quantizes, for collections wait for it. */
    BRIEF_BYTES("bytes", 1 << 12, 1 << 22),
    /** The most that a call does which writes to a Java array, for collections wait for it. */
    BRIEF_WORK("multiply-adds", 1, 1L << 40),
    /** Parts for each thread: enough that one slow thread does not hold up the rest. */
    PARTS_PER_THREAD("parts", 1, 64),
    /** Tiles of rows for which reading the weights once more is little work. */
    TILES_OF_A_PART("tiles", 1, 1 << 16),
    /** Columns for which preparing the rows once more is little work. */
    COLUMNS_OF_A_PART("columns", 1, 1 << 20),
    /** Multiply-adds for which another thread is worth calling. */
    WORTH_A_THREAD("multiply-adds", 1 << 10, 1L << 40),
    /** Rows that take as long as fewer do, since what is waited for is the weights. */
    ROWS_THAT_HIDE_WEIGHTS("rows", 1, 1 << 10);

    private final String unit;
    private final long least;
    private final long most;

    Knob(String unit, long least, long most) {
        this.unit = unit;
        this.least = least;
        this.most = most;
    }

    /** Its name in profiles: {@code fetch-near}. */
    public String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /**
     * The one of a name.
     *
     * @throws IllegalArgumentException if there is none: the message names the nearest, and all
     */
    public static Knob named(String code) {
        return new Vocabulary<>("knob", List.of(values()), Knob::code).meaning(code);
    }

    /** What its values count. */
    public String unit() {
        return unit;
    }

    /** The least value. */
    public long least() {
        return least;
    }

    /** The largest value. */
    public long most() {
        return most;
    }

    /**
     * A value of it.
     *
     * @throws IllegalArgumentException if the value is out of its range
     */
    long check(long value) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(
                    code() + ": " + value + " " + unit + "; expected " + least + " to " + most);
        }
        return value;
    }
}
