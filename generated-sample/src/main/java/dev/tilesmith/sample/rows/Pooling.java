package dev.tilesmith.sample.rows;

/** The end of pooling, the same for all implementations. */
final class Pooling {
    private Pooling() {}

    /** Scales a sum of rows to length 1, what their mean is scaled to as well; zeros stay zeros. */
    static void scale(float[] row) {
        final float squares = PartialSums.squares(row);
        final float factor = squares == 0 ? 0 : (float) (1 / Math.sqrt(squares));
        for (int i = 0; i < row.length; i++) {
            row[i] *= factor;
        }
    }
}
