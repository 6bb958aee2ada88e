package dev.tilesmith.sample.ocr;

import dev.tilesmith.sample.ocr.DrawnPage.Line;
import java.util.List;

/** What is read where no image is given. */
final class SamplePage {
    static final DrawnPage PAGE = new DrawnPage(
            List.of(
                    new Line("Tilesmith reads this page.", "Serif-Bold", 36),
                    new Line("An annotated interface becomes micro-kernels", "Sans", 24),
                    new Line("for the CPU at hand: 512 bits, 256 or 128.", "Serif", 24),
                    new Line("convolve(src, filters, dst);", "SansMono", 22),
                    new Line("Depthwise 3x3 and 5x5, 64 channels each", "SansCondensed", 24),
                    new Line("The same bits on every CPU", "Serif-Italic", 26),
                    new Line("Invoice No. 2026-1130, total 1,482.50 EUR", "Sans-Bold", 20)),
            800);

    private SamplePage() {}
}
