package dev.tilesmith.sample.ocr;

import dev.tilesmith.sample.ocr.DrawnPage.Line;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Lines to read, drawn in many fonts and sizes: words and numbers, some with a space between. */
final class DrawnLines {
    private static final List<String> STYLES = List.of(
            "Sans",
            "Serif",
            "SansMono",
            "Sans-Bold",
            "Serif-Italic",
            "SansCondensed",
            "Serif-Bold",
            "Sans-Oblique",
            "SansMono-Bold",
            "SerifCondensed");

    private static final List<String> WORDS = List.of(
            "kernel",
            "Matrix",
            "convolve",
            "Panel",
            "weights",
            "Register",
            "vector",
            "Channel",
            "stride",
            "Padding",
            "quantize",
            "Tile",
            "zero point",
            "bias",
            "Activation",
            "layout",
            "depthwise",
            "Scale",
            "softmax",
            "Batch");

    private DrawnLines() {}

    /** Pages of ten lines each. */
    static List<DrawnPage> pages(int count) {
        final Random random = new Random(20261130);
        final List<DrawnPage> pages = new ArrayList<>();
        for (int page = 0; page < count; page++) {
            final List<Line> lines = new ArrayList<>();
            for (int i = 0; i < STYLES.size(); i++) {
                lines.add(new Line(text(random), STYLES.get(i), 18 + random.nextInt(15)));
            }
            pages.add(new DrawnPage(lines, 640));
        }
        return pages;
    }

    private static String text(Random random) {
        return switch (random.nextInt(3)) {
            case 0 -> word(random) + " " + random.nextInt(100_000);
            case 1 -> word(random) + ", " + word(random);
            default -> word(random) + " " + word(random) + ".";
        };
    }

    private static String word(Random random) {
        return WORDS.get(random.nextInt(WORDS.size()));
    }
}
