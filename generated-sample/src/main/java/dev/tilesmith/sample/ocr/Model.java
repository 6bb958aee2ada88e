package dev.tilesmith.sample.ocr;

/** A network that is run on images, whoever runs it. */
@FunctionalInterface
interface Model {
    /** What it gives for an image of any size that it takes. */
    Output run(RgbImage image) throws Exception;

    /**
     * Numbers that a network gives.
     *
     * @param rows rows of a map, or places along a line
     * @param columns columns of a map, or classes
     * @param values row by row
     */
    @SuppressWarnings("ArrayRecordComponent") // written once and only read from then on
    record Output(int rows, int columns, float[] values) {}
}
