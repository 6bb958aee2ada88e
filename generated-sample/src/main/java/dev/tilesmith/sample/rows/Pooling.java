package dev.tilesmith.sample.rows;

/** The end of pooling, the same for all implementations. */
final class Pooling {
    private Pooling() {}

    /**
     * Scales a sum of rows to length 1: what their mean is scaled to as well.
     *
     * @param squares the sum of its squares; 0 leaves it zero
     */
    static void scale(float[] row, double squares) {
        final float factor = squares == 0 ? 0 : (float) (1 / Math.sqrt(squares));
        for (int i = 0; i < row.length; i++) {
            row[i] *= factor;
        }
    }
}
