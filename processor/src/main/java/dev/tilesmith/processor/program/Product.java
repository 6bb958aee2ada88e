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
    /** The same, of a vector of columns on both sides: a row has a value for each column. */
    EXACT_FMA_BY_COLUMN(1, LaneType.F32),
    /**
     * 32 values of BF16, in binary32: a chain of fused multiply-adds of the even ones from +0 and one of the odd ones, and then {@code sum +
     * (even + odd)}. What is subnormal, an operand or a result, is zero.
     */
    BF16_DOT_BY_PARITY(32, 2, LaneType.F32),
    /** Two values of BF16, in binary32: {@code fma} of the odd one, then of the even one. What is subnormal, an operand or a result, is zero. */
    BF16_DOT_OF_PAIRS(2, LaneType.F32),
    /**
     * Four values of BF16 of two rows and two columns at once, in binary32: of each pair in turn {@code sum + (even * even + odd * odd)}. Products
     * are exact; sums are rounded to odd: what is inexact is cut off, and then its last bit is 1. What is subnormal, an operand, a product or a
     * sum, is zero.
     */
    BF16_BLOCK_DOT(4, LaneType.F32),
    /** Two integers of 16 bits. */
    DOT_OF_PAIRS(2, LaneType.I32),
    /** Four bytes, of one side signed and of the other unsigned. */
    DOT_OF_FOUR(4, LaneType.I32),
    /** The same, of a vector of columns on both sides: a row has four values for each column. */
    DOT_OF_FOUR_BY_COLUMN(4, LaneType.I32),
    /** Four bytes, of one side signed and of the other unsigned, by products that are added in pairs, in 16 bits. */
    DOT_OF_FOUR_BY_PAIRS(4, LaneType.I32),
    /** Four bytes, all signed. */
    SIGNED_DOT_OF_FOUR(4, LaneType.I32),
    /** Eight bytes, all signed, of two rows and two columns at once. */
    BLOCK_DOT(8, LaneType.I32),
    /** {@code fma(a, b, sum)} of each value of a vector of rows and each of a vector of columns. */
    OUTER_FMA(1, LaneType.F32),
    /** Two values of BF16 of each row of a vector and each column of one, added as {@link #BF16_BLOCK_DOT} adds each pair. */
    OUTER_BF16_DOT(2, LaneType.F32),
    /** Four bytes, all signed, of each row of a vector and each column of one. */
    OUTER_DOT(4, LaneType.I32);

    private final int along;
    private final int together;
    private final LaneType sums;

    Product(int along, LaneType sums) {
        this(along, along, sums);
    }

    Product(int along, int together, LaneType sums) {
        this.along = along;
        this.together = together;
        this.sums = sums;
    }

    /** Values along K that it takes. */
    public int along() {
        return along;
    }

    /** Of these the values of a column that lie together. */
    public int together() {
        return together;
    }

    /** What sums are. */
    public LaneType sums() {
        return sums;
    }

    /** Whether sums are tiles, of as many rows as a vector has lanes. */
    public boolean isOuter() {
        return switch (this) {
            case OUTER_FMA, OUTER_BF16_DOT, OUTER_DOT -> true;
            case FMA,
                    FMA_BY_COLUMN,
                    EXACT_FMA,
                    EXACT_FMA_BY_COLUMN,
                    BF16_DOT_BY_PARITY,
                    BF16_DOT_OF_PAIRS,
                    BF16_BLOCK_DOT,
                    DOT_OF_PAIRS,
                    DOT_OF_FOUR,
                    DOT_OF_FOUR_BY_COLUMN,
                    DOT_OF_FOUR_BY_PAIRS,
                    SIGNED_DOT_OF_FOUR,
                    BLOCK_DOT -> false;
        };
    }

    /** Whether rows have values for each column. */
    public boolean isByColumn() {
        return switch (this) {
            case FMA_BY_COLUMN, EXACT_FMA_BY_COLUMN, DOT_OF_FOUR_BY_COLUMN -> true;
            case FMA,
                    EXACT_FMA,
                    BF16_DOT_BY_PARITY,
                    BF16_DOT_OF_PAIRS,
                    BF16_BLOCK_DOT,
                    DOT_OF_PAIRS,
                    DOT_OF_FOUR,
                    DOT_OF_FOUR_BY_PAIRS,
                    SIGNED_DOT_OF_FOUR,
                    BLOCK_DOT,
                    OUTER_FMA,
                    OUTER_BF16_DOT,
                    OUTER_DOT -> false;
        };
    }

    /** Whether sums are added in an order that is its own, so that they are rounded otherwise than by chains over ascending k. */
    public boolean hasOrderOfItsOwn() {
        return switch (this) {
            case BF16_DOT_BY_PARITY, BF16_DOT_OF_PAIRS, BF16_BLOCK_DOT, OUTER_BF16_DOT -> true;
            case FMA,
                    FMA_BY_COLUMN,
                    EXACT_FMA,
                    EXACT_FMA_BY_COLUMN,
                    DOT_OF_PAIRS,
                    DOT_OF_FOUR,
                    DOT_OF_FOUR_BY_COLUMN,
                    DOT_OF_FOUR_BY_PAIRS,
                    SIGNED_DOT_OF_FOUR,
                    BLOCK_DOT,
                    OUTER_FMA,
                    OUTER_DOT -> false;
        };
    }

    /** Whether it multiplies such elements. */
    boolean takes(Element lhs, Element rhs) {
        return switch (this) {
            case FMA, FMA_BY_COLUMN, EXACT_FMA, EXACT_FMA_BY_COLUMN, OUTER_FMA ->
                lhs == Element.F32 && rhs == Element.F32;
            case BF16_DOT_BY_PARITY, BF16_DOT_OF_PAIRS, BF16_BLOCK_DOT, OUTER_BF16_DOT ->
                lhs == Element.BF16 && rhs == Element.BF16;
            case DOT_OF_PAIRS -> lhs == Element.I16 && rhs == Element.I16;
            case DOT_OF_FOUR, DOT_OF_FOUR_BY_COLUMN, DOT_OF_FOUR_BY_PAIRS ->
                (lhs == Element.I8 && rhs == Element.U8) || (lhs == Element.U8 && rhs == Element.I8);
            case SIGNED_DOT_OF_FOUR, BLOCK_DOT, OUTER_DOT -> lhs == Element.I8 && rhs == Element.I8;
        };
    }
}
