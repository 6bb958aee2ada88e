package dev.tilesmith.sample.ocr;

/**
 * A rectangle in an image.
 *
 * @param centre its middle
 * @param width of the sides along the angle, in pixels
 * @param height of the others
 * @param angle from the right, clockwise as y goes down, in radians
 */
record Box(Point centre, double width, double height, double angle) {
    /** A line that is so many times higher than it is wide runs down the page. */
    private static final double UPRIGHT = 1.5;

    private static final double QUARTER = Math.PI / 2;

    double area() {
        return width * height;
    }

    /** The same rectangle, whose width is along the direction nearest to the right. */
    Box level() {
        final double quarters = Math.rint(angle / QUARTER);
        final boolean swapped = Math.abs(quarters) % 2 == 1;
        return new Box(centre, swapped ? height : width, swapped ? width : height, angle - quarters * QUARTER);
    }

    /** This with sides so much further out. */
    Box grown(double distance) {
        return new Box(centre, width + 2 * distance, height + 2 * distance, angle);
    }

    /** The same place in an image that is larger by such factors, as good as the same for all that is nearly level. */
    Box scaled(double x, double y) {
        return new Box(
                new Point((centre.x() + 0.5) * x - 0.5, (centre.y() + 0.5) * y - 0.5), width * x, height * y, angle);
    }

    /** The same rectangle with its width along its text, which a high one has from top to bottom. */
    Box alongText() {
        return height < UPRIGHT * width
                ? this
                : new Box(centre, /* width= */ height, /* height= */ width, angle + QUARTER);
    }

    /** Where the pixels of an image of this size lie. */
    Frame frame(int pixelsAcross, int pixelsDown) {
        final double stepX = width / pixelsAcross;
        final double stepY = height / pixelsDown;
        final double cos = Math.cos(angle);
        final double sin = Math.sin(angle);
        final double right = (stepX - width) / 2;
        final double down = (stepY - height) / 2;
        return new Frame(
                centre.x() + right * cos - down * sin,
                centre.y() + right * sin + down * cos,
                stepX * cos,
                stepX * sin,
                -stepY * sin,
                stepY * cos);
    }
}
