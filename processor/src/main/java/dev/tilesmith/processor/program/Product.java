package dev.tilesmith.processor.program;

/** What an engine multiplies at once, and how it adds the products to sums. */
public enum Product {
    /** {@code fma(a, b, sum)} in binary32, of one value of a row and a vector of columns. */
    FMA(1, LaneType.F32),
    /** {@code fma(a, b, sum)} in binary32, of a vector of columns on both sides: a row has a value for each column. */
    FMA_BY_COLUMN(1, LaneType.F32),
    /**
     * {@code a * b + sum} in binary32, of integers so small that nothing is rounded, so that it is no matter whether the two
     * operations are fused: exact while sums of products stay within 2^24.
     */
    EXACT_FMA(1, LaneType.F32),
    /** Two integers of 16 bits. */
    DOT_OF_PAIRS(2, LaneType.I32),
    /** Four bytes, of one side signed and of the other unsigned. */
    DOT_OF_FOUR(4, LaneType.I32),
    /** The same by products that are added in pairs, in 16 bits. */
    DOT_OF_FOUR_BY_PAIRS(4, LaneType.I32),
    /** Four bytes, all signed. */
    SIGNED_DOT_OF_FOUR(4, LaneType.I32),
    /** Eight bytes, all signed, of two rows and two columns at once. */
    BLOCK_DOT(8, LaneType.I32),
    /** {@code fma(a, b, sum)} of each value of a vector of rows and each of a vector of columns. */
    OUTER_FMA(1, LaneType.F32),
    /** Four bytes, all signed, of each row of a vector and each column of one. */
    OUTER_DOT(4, LaneType.I32);

    private final int along;
    private final LaneType sums;

    Product(int along, LaneType sums) {
        this.along = along;
        this.sums = sums;
    }

    /** Values along K that it takes. */
    public int along() {
        return along;
    }

    /** What sums are. */
    public LaneType sums() {
        return sums;
    }

    /** Whether sums are tiles, of as many rows as a vector has lanes. */
    public boolean isOuter() {
        return switch (this) {
            case OUTER_FMA, OUTER_DOT -> true;
            case FMA,
                    FMA_BY_COLUMN,
                    EXACT_FMA,
                    DOT_OF_PAIRS,
                    DOT_OF_FOUR,
                    DOT_OF_FOUR_BY_PAIRS,
                    SIGNED_DOT_OF_FOUR,
                    BLOCK_DOT -> false;
        };
    }

    /** Whether it multiplies such elements. */
    boolean takes(Element lhs, Element rhs) {
        return switch (this) {
            case FMA, FMA_BY_COLUMN, EXACT_FMA, OUTER_FMA -> lhs == Element.F32 && rhs == Element.F32;
            case DOT_OF_PAIRS -> lhs == Element.I16 && rhs == Element.I16;
            case DOT_OF_FOUR, DOT_OF_FOUR_BY_PAIRS ->
                (lhs == Element.I8 && rhs == Element.U8) || (lhs == Element.U8 && rhs == Element.I8);
            case SIGNED_DOT_OF_FOUR, BLOCK_DOT, OUTER_DOT -> lhs == Element.I8 && rhs == Element.I8;
        };
    }
}
