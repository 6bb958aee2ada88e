package dev.tilesmith.sample.layers;

/**
 * How large a feature map is.
 *
 * @param height rows of pixels
 * @param width columns of pixels
 * @param channels of a pixel
 */
public record Size(int height, int width, int channels) {
    /** How many pixels. */
    public int pixels() {
        return height * width;
    }

    /** How many floats. */
    public long floats() {
        return (long) pixels() * channels;
    }
}
