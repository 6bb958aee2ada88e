package dev.tilesmith.conformance;

/** Where the operands of a product lie. */
enum Placement {
    /** Rows and results in Java arrays. */
    ARRAYS,
    /** Rows, packed weights and results each right behind a page that cannot be touched. */
    BEHIND_A_GUARD,
    /** Each right before one. */
    BEFORE_A_GUARD
}
