package dev.tilesmith.processor.program;

/**
 * The shape of a tile.
 *
 * @param mr rows
 * @param vectors vectors of columns
 * @param lanes 32-bit lanes of a vector
 */
public record TileShape(int mr, int vectors, int lanes) {
    /** Columns. */
    public int nr() {
        return vectors * lanes;
    }

    /** Vectors of rows, of a tile of outer products. */
    public int rowVectors() {
        return mr / lanes;
    }
}
