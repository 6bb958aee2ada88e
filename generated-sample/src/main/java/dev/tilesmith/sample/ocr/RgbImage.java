package dev.tilesmith.sample.ocr;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;

/**
 * An opaque image.
 *
 * @param width columns
 * @param height rows
 * @param pixels row by row, red, green and blue in the low 24 bits, blue in the lowest
 */
@SuppressWarnings("ArrayRecordComponent") // written once and only read from then on
public record RgbImage(int width, int height, int[] pixels) {
    /** Checks that there are as many pixels. */
    public RgbImage {
        if (width < 1 || height < 1 || pixels.length != width * height) {
            throw new IllegalArgumentException(
                    "pixels: " + pixels.length + " of an image of " + width + " x " + height);
        }
    }

    /** A picture on white. */
    public static RgbImage of(BufferedImage picture) {
        final int width = picture.getWidth();
        final int height = picture.getHeight();
        final BufferedImage opaque = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        final Graphics2D graphics = opaque.createGraphics();
        graphics.drawImage(picture, 0, 0, Color.WHITE, null);
        graphics.dispose();
        return new RgbImage(width, height, opaque.getRGB(0, 0, width, height, new int[width * height], 0, width));
    }

    /** All of it, in another size. */
    RgbImage scaled(int newWidth, int newHeight) {
        if (newWidth == width && newHeight == height) {
            return this;
        }
        final double stepX = (double) width / newWidth;
        final double stepY = (double) height / newHeight;
        return new Frame(-0.5 + stepX / 2, -0.5 + stepY / 2, stepX, 0, 0, stepY).sample(this, newWidth, newHeight);
    }

    @Override
    public String toString() {
        return width + " x " + height;
    }
}
