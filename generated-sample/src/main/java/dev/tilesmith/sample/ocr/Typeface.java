package dev.tilesmith.sample.ocr;

import java.awt.geom.AffineTransform;
import java.awt.geom.Path2D;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.fontbox.ttf.TTFParser;
import org.apache.fontbox.ttf.TrueTypeFont;
import org.apache.pdfbox.io.RandomAccessReadBuffer;

/** A font as outlines of characters: what is drawn with it depends on no font, and no font library, of the system. */
final class Typeface {
    private final TrueTypeFont font;

    private Typeface(TrueTypeFont font) {
        this.font = font;
    }

    /** One of the DejaVu family, {@code Sans} or {@code Serif-Italic} for example. */
    static Typeface of(String style) {
        try {
            return new Typeface(new TTFParser().parse(new RandomAccessReadBuffer(OcrFiles.font(style))));
        } catch (IOException e) {
            throw new UncheckedIOException("font: DejaVu " + style, e);
        }
    }

    /**
     * The outline of a text.
     *
     * @param text what it says
     * @param size of the font, in pixels
     * @param x where it begins
     * @param y where its baseline is
     */
    Path2D outline(String text, double size, double x, double y) {
        try {
            final Path2D outline = new Path2D.Double();
            final double scale = size / font.getUnitsPerEm();
            double at = x;
            for (final int character : text.codePoints().toArray()) {
                final int glyph = font.getUnicodeCmapLookup().getGlyphId(character);
                final AffineTransform place = new AffineTransform(scale, 0, 0, -scale, at, y);
                outline.append(font.getGlyph().getGlyph(glyph).getPath().getPathIterator(place), false);
                at += font.getAdvanceWidth(glyph) * scale;
            }
            return outline;
        } catch (IOException e) {
            throw new UncheckedIOException("text: " + text, e);
        }
    }
}
