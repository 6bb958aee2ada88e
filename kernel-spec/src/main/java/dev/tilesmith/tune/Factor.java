package dev.tilesmith.tune;

import java.util.Locale;

/** What the {@link CostModel} counts with. Cycles are of one core; only their ratios to each other matter. */
public enum Factor {
    /** A vector of products, added to a vector of sums. */
    PRODUCT("cycles for a row and vector of a step"),
    /** From one addition to a sum until the next can follow. */
    LATENCY("cycles for a step"),
    /** Reading, and where need be decoding, a vector of weights. */
    WEIGHT("cycles for a vector of a step"),
    /** Reading what a row multiplies it with. */
    ROW("cycles for a row of a step"),
    /** Counting and branching. */
    PASS("cycles for a pass of the loop"),
    /** Beginning and ending a tile. */
    TILE("cycles for a tile"),
    /** Making results of a vector of sums, and storing them. */
    FINISH("cycles for a row and vector of a tile"),
    /** Reading a panel again that is too large for the first-level cache. */
    NEAR("cycles for a byte"),
    /** Waiting for packed weights from a cache. */
    CACHE("cycles for a byte"),
    /** Waiting for packed weights from memory. */
    MEMORY("cycles for a byte"),
    /** How much more than the first of a table's order a variant must be expected to do before it is taken instead. */
    DOUBT("percent");

    private final String unit;

    Factor(String unit) {
        this.unit = unit;
    }

    /** Its name for people and files: {@code product}. */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** What its values count. */
    public String unit() {
        return unit;
    }
}
