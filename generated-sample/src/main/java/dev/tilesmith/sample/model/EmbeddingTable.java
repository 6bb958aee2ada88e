package dev.tilesmith.sample.model;

/**
 * Vectors by index, of 8-bit values quantized with one scale for the table: {@code e = (values + offset) * scale}.
 *
 * @param rows number of vectors
 * @param width length of a vector
 * @param values the vectors, one after another, signed
 * @param offset what is added to a value: the negated zero point
 * @param scale step of the values
 */
@SuppressWarnings("ArrayRecordComponent") // megabytes, written once by the reader and only read from then on
public record EmbeddingTable(int rows, int width, byte[] values, int offset, float scale) {
    /** Checks the length of the values. */
    public EmbeddingTable {
        Lengths.check("values", values.length, (long) rows * width);
    }

    /** One value of a vector. */
    public float get(int row, int column) {
        return (values[row * width + column] + offset) * scale;
    }

    @Override
    public String toString() {
        return "EmbeddingTable[" + rows + " x " + width + "]";
    }
}
