package dev.tilesmith.spec;

/** How far two variants of one kernel may differ. */
public enum Numerics {
    /** Every variant gives the bits of {@code dev.tilesmith.reference}, on every CPU, tile, blocking and thread count. */
    REPRODUCIBLE,

    /** Admits instructions that round differently, within an error bound that the kernel states. */
    FAST
}
