package dev.tilesmith.sample.ocr;

import dev.tilesmith.sample.layers.Kernels;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads all lines of an image.
 *
 * @param finder finds them
 * @param reader reads each
 */
record PageReader(LineFinder finder, LineReader reader) {
    private static final double LEAST_CONFIDENCE = 0.5;

    /** One whose networks run on declared kernels. */
    static PageReader of(OcrNetwork finder, OcrNetwork reader, Kernels kernels) {
        return new PageReader(
                new LineFinder(finder.onKernels(kernels)), new LineReader(reader.onKernels(kernels), OcrFiles.keys()));
    }

    /** The lines, in reading order. */
    List<TextLine> read(RgbImage image) throws Exception {
        final List<TextLine> lines = new ArrayList<>();
        for (final Box box : finder.find(image)) {
            final TextLine line = reader.read(image, box);
            if (line.confidence() >= LEAST_CONFIDENCE) {
                lines.add(line);
            }
        }
        return lines;
    }
}
