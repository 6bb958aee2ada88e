package dev.tilesmith.processor.lower.x86;

/** What multiplies in a family's function. */
enum Multiplier {
    /** Vector registers, in each tile's own steps. */
    VECTORS,
    /** Tile registers where a tile has rows enough, and vector registers what is left. */
    TILES_AND_VECTORS
}
