package dev.tilesmith.kernel.drive;

/** What becomes of pixels that lie in a row in an array: the sums of a panel of filters over them, and results of these. One thread's. */
interface DepthwiseTileRows {
    /** Pixels at most, whose sums stay in the first-level cache. */
    int PIXELS = 64;

    /**
     * Computes the results of a panel, and stores them.
     *
     * @param row the first pixel's row of the result
     * @param pixels how many, up to {@link #PIXELS}
     * @param src pixels of images
     * @param tapAt for each tap, where the first pixel has it
     * @param offset what is added to that
     * @param stride floats from one pixel to the next
     */
    void compute(int panel, int row, int pixels, float[] src, int[] tapAt, int offset, int stride);
}
