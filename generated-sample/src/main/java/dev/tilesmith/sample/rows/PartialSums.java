package dev.tilesmith.sample.rows;

/** Partial sums of a row in plain Java: column c belongs to partial sum c mod {@value #COUNT}. */
final class PartialSums {
    /** As many as a vector of 512 bits has floats. */
    static final int COUNT = 16;

    private PartialSums() {}

    /** Adds the upper half to the lower one until one sum is left; {@code sums} is overwritten. */
    static float join(float[] sums) {
        for (int half = COUNT / 2; half > 0; half /= 2) {
            for (int i = 0; i < half; i++) {
                sums[i] += sums[i + half];
            }
        }
        return sums[0];
    }

    /** Σ x² of a row, fused. */
    static float squares(float[] row) {
        final float[] sums = new float[COUNT];
        for (int i = 0; i < row.length; i++) {
            sums[i % COUNT] = Math.fma(row[i], row[i], sums[i % COUNT]);
        }
        return join(sums);
    }
}
