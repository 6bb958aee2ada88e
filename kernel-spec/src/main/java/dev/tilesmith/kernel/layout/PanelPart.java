package dev.tilesmith.kernel.layout;

/**
 * What a panel of packed weights may have, in the order in which it has it: the values of blocks and what ends each block,
 * or all values at once; then what belongs to the columns, 32 bits for each; then the table, of 32 bits and 32. Which of these a panel has, and
 * where, is what its layout says.
 */
public enum PanelPart {
    /** The weights. */
    VALUES(Place.BLOCK),
    /** The scale of a block, for each column. */
    BLOCK_SCALES(Place.BLOCK_END),
    /** What 0 stands for in a block, for each column, in the format of scales. */
    BLOCK_MINIMA(Place.BLOCK_END),
    /** The sum of a column's weights, an int32; where blocks have scales, of scaled weights, an f32. */
    WEIGHT_SUMS(Place.METADATA),
    /** What the sums of a column begin with, an int32. */
    BEGINNINGS(Place.METADATA),
    /** The scale of a column, an f32. */
    SCALES(Place.METADATA),
    /** What the sums of a column are multiplied by to be in the result's terms, an f32. */
    MULTIPLIERS(Place.METADATA),
    /** What 0 is in the result, an int32. */
    ZERO_POINTS(Place.METADATA),
    /** What is added to the results of a column, an f32. */
    BIASES(Place.METADATA),
    /** What the bits of a value stand for, less the smallest: four unsigned bytes, the first in the lowest bits. */
    TABLE(Place.METADATA),
    /** The smallest of what the bits of a value stand for, an int32. */
    SMALLEST(Place.METADATA);

    /** What a part lies in, from whose start it is found. */
    public enum Place {
        /** The start of a block, or of a panel that has none. */
        BLOCK,
        /** What is after the values of a block. */
        BLOCK_END,
        /** What is after all blocks, or all values. */
        METADATA
    }

    private final Place place;

    PanelPart(Place place) {
        this.place = place;
    }

    /** What it lies in. */
    public Place place() {
        return place;
    }
}
