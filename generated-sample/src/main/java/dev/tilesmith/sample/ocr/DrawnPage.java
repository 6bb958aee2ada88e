package dev.tilesmith.sample.ocr;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.util.List;

/**
 * A page of text to read.
 *
 * @param lines from top to bottom
 * @param width of the page, in pixels
 */
record DrawnPage(List<Line> lines, int width) {
    private static final int MARGIN = 32;

    /** Copies the list. */
    DrawnPage {
        lines = List.copyOf(lines);
    }

    /**
     * A line of it.
     *
     * @param text what it says
     * @param style of the font
     * @param size of the font, in pixels
     */
    record Line(String text, String style, int size) {
        /** Pixels from the line before to this one's baseline. */
        private int advance() {
            return 2 * size;
        }
    }

    /** The page, black on white. */
    RgbImage draw() {
        final int height = lines.stream().mapToInt(Line::advance).sum() + 2 * MARGIN;
        final BufferedImage page = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        final Graphics2D graphics = page.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        graphics.setColor(Color.WHITE);
        graphics.fillRect(0, 0, width, height);
        graphics.setColor(Color.BLACK);
        int baseline = MARGIN;
        for (final Line line : lines) {
            baseline += line.advance();
            graphics.fill(Typeface.of(line.style).outline(line.text, line.size, MARGIN, baseline));
        }
        graphics.dispose();
        return RgbImage.of(page);
    }
}
