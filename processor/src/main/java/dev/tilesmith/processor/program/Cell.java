package dev.tilesmith.processor.program;

/**
 * A place in one operand of a tile, relative to the tile and to the current step along K.
 *
 * @param operand which operand
 * @param row row of the tile, for operands that have rows
 * @param vector vector of the tile's columns, for operands that have columns
 */
public record Cell(Operand operand, int row, int vector) {
    /** The operands of a tile. */
    public enum Operand {
        /** The left operand: at each step, one value (or group of kr values) for each row. */
        LHS,
        /**
         * A vector of the left operand: at each step, one value (or group of kr values) of each of as many rows as a vector
         * has lanes.
         */
        LHS_ROWS,
        /** The packed right operand: at each step, a vector of columns. */
        RHS,
        /** The left operand's kr values after those of {@link #LHS}, where a step takes two groups. */
        LHS_NEXT,
        /** The left operand's kr values after those of {@link #LHS_NEXT}, where a step takes four groups. */
        LHS_THIRD,
        /** The kr values after those. */
        LHS_FOURTH,
        /** Four unsigned bytes: what two bits of the right operand stand for. */
        RHS_TABLE,
        /** Four times one byte: the smallest value of the right operand's table, which was taken off it. */
        RHS_SMALLEST,
        /** What the sums of a row begin with in a block. */
        LHS_BEGINNING,
        /** A vector of the scales of a block. */
        BLOCK_SCALE,
        /** A vector of the minima of a block. */
        BLOCK_MIN,
        /** The scale of a block of a row of the left operand. */
        LHS_BLOCK_SCALE,
        /** The sum of the values of a block of a row of the left operand, times its scale. */
        LHS_BLOCK_SUM,
        /** A vector of the sums of products that requantization takes off: Σ w for each column. */
        RHS_SUM,
        /** A vector of what the sums of the columns begin with. */
        SUM_BEGINNING,
        /** A vector of the zero points of the result. */
        DST_ZERO_POINT,
        /** A vector of the scales of the columns. */
        RHS_SCALE,
        /** A vector of the biases of the columns. */
        BIAS,
        /** The scale of a row of the left operand. */
        LHS_SCALE,
        /** What zero is in a row of the left operand, as its values are stored. */
        LHS_ZERO_POINT,
        /** A vector of the result. */
        DST
    }

    @Override
    public String toString() {
        return switch (operand) {
            case LHS,
                    LHS_NEXT,
                    LHS_THIRD,
                    LHS_FOURTH,
                    LHS_BEGINNING,
                    LHS_BLOCK_SCALE,
                    LHS_BLOCK_SUM,
                    LHS_SCALE,
                    LHS_ZERO_POINT -> operand.name().toLowerCase(java.util.Locale.ROOT) + "[" + row + "]";
            case LHS_ROWS, RHS, BLOCK_SCALE, BLOCK_MIN, RHS_SUM, SUM_BEGINNING, DST_ZERO_POINT, RHS_SCALE, BIAS ->
                operand.name().toLowerCase(java.util.Locale.ROOT) + "[" + vector + "]";
            case RHS_TABLE, RHS_SMALLEST -> operand.name().toLowerCase(java.util.Locale.ROOT);
            case DST -> "dst[" + row + "][" + vector + "]";
        };
    }
}
