package dev.tilesmith.runtime;

import dev.tilesmith.size.Sizes;

/**
 * A view of images that lie in the order NHWC: image after image, in these rows, in these pixels, and of a pixel its channels
 * together. The caller keeps them.
 *
 * <p>Pixels are the rows of a matrix, {@code (image * height + row) * width + column} the number of one, and may be further apart
 * than they have channels: so images may be some of the channels of others.
 *
 * @param count how many images
 * @param height rows of each
 * @param width columns of each
 * @param pixels {@code count * height * width} rows with a column for each channel
 */
public record Images(int count, int height, int width, Matrix pixels) {
    /** Checks that there are as many pixels as the images have. */
    public Images {
        if (pixels.rows() != pixelCount(count, height, width)) {
            throw new IllegalArgumentException(
                    "pixels: " + pixels + "; " + count + " x " + height + " x " + width + " pixels are as many rows");
        }
    }

    /** Images in a Java array, one right after the other, as are their pixels. */
    public static Images of(float[] data, int count, int height, int width, int channels) {
        return new Images(count, height, width, Matrix.of(data, pixelCount(count, height, width), channels));
    }

    /** Images of 16 bits, binary16 or BF16, in a Java array. */
    public static Images of(short[] data, int count, int height, int width, int channels) {
        return new Images(count, height, width, Matrix.of(data, pixelCount(count, height, width), channels));
    }

    /** Images of int8 in a Java array. */
    public static Images of(byte[] data, int count, int height, int width, int channels) {
        return new Images(count, height, width, Matrix.of(data, pixelCount(count, height, width), channels));
    }

    /** Images of int32, which are exact sums, in a Java array. */
    public static Images of(int[] data, int count, int height, int width, int channels) {
        return new Images(count, height, width, Matrix.of(data, pixelCount(count, height, width), channels));
    }

    /** Channels of a pixel. */
    public int channels() {
        return pixels.columns();
    }

    private static int pixelCount(int count, int height, int width) {
        if (count < 0 || height < 0 || width < 0) {
            throw new IllegalArgumentException(
                    "count x height x width: " + count + " x " + height + " x " + width + "; none may be negative");
        }
        final long pixels = Sizes.times(count, height, width);
        if (pixels > Integer.MAX_VALUE) {
            throw new IllegalArgumentException("count x height x width: " + count + " x " + height + " x " + width
                    + " are " + Sizes.show(pixels) + " pixels; expected " + Integer.MAX_VALUE + " or fewer");
        }
        return (int) pixels;
    }
}
