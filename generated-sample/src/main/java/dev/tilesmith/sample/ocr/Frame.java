package dev.tilesmith.sample.ocr;

/**
 * Where the pixels of one image lie in another, whose pixels have whole coordinates at their centres.
 *
 * @param x of the first pixel
 * @param y of the first pixel
 * @param rightX how far to the right the next pixel of a row is
 * @param rightY how far down it is
 * @param downX how far to the right the next pixel of a column is
 * @param downY how far down it is
 */
record Frame(double x, double y, double rightX, double rightY, double downX, double downY) {
    /** An image of what lies there, between pixels by their distance; beyond the border is what lies on it. */
    RgbImage sample(RgbImage from, int width, int height) {
        final int[] pixels = new int[width * height];
        for (int row = 0; row < height; row++) {
            for (int column = 0; column < width; column++) {
                pixels[row * width + column] =
                        at(from, x + column * rightX + row * downX, y + column * rightY + row * downY);
            }
        }
        return new RgbImage(width, height, pixels);
    }

    private static int at(RgbImage from, double x, double y) {
        final double insideX = Math.clamp(x, 0, from.width() - 1.0);
        final double insideY = Math.clamp(y, 0, from.height() - 1.0);
        final int left = (int) insideX;
        final int top = (int) insideY;
        final int right = Math.min(left + 1, from.width() - 1);
        final int bottom = Math.min(top + 1, from.height() - 1);
        final int partX = (int) ((insideX - left) * 256);
        final int partY = (int) ((insideY - top) * 256);
        final int[] pixels = from.pixels();
        final int upper = mix(pixels[top * from.width() + left], pixels[top * from.width() + right], partX);
        final int lower = mix(pixels[bottom * from.width() + left], pixels[bottom * from.width() + right], partX);
        return mix(upper, lower, partY);
    }

    /** {@code part} 256ths of the second colour, and the rest of the first: two channels at once, 16 bits apart, then the third. */
    private static int mix(int first, int second, int part) {
        final int redBlue = (first & 0xff00ff) * (256 - part) + (second & 0xff00ff) * part + 0x800080;
        final int green = (first & 0x00ff00) * (256 - part) + (second & 0x00ff00) * part + 0x008000;
        return ((redBlue >>> 8) & 0xff00ff) | ((green >>> 8) & 0x00ff00);
    }
}
