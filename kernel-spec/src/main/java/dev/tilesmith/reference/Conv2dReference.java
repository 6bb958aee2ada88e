package dev.tilesmith.reference;

import dev.tilesmith.runtime.Conv2dShape;
import dev.tilesmith.runtime.Images;
import dev.tilesmith.runtime.Matrix;
import dev.tilesmith.runtime.Requantization;
import dev.tilesmith.runtime.Weights;
import dev.tilesmith.size.Sizes;
import java.util.Arrays;

/**
 * 2-D convolutions of any formats: each output is what a product of matrices gives for a patch of an image and the filters. The
 * patch of an output has a value for each row of the kernel, in these for each column, in these for each channel of the group: of
 * the pixel there ({@link Conv2dShape} says which), or of padding where there is none. Padding stands for 0: it is 0 in floats, and
 * the zero point of the input in static int8.
 */
public final class Conv2dReference {
    private Conv2dReference() {}

    /** The definition of a product of matrices, of some formats: results m × n, of m × k and weights n × k. */
    @FunctionalInterface
    public interface Product {
        /** Multiplies; to a matrix in a Java array. */
        Matrix multiply(Matrix lhs, Weights weights);
    }

    /**
     * Convolves.
     *
     * @param src images of {@code shape.inputChannels()} channels
     * @param filters {@code shape.outputChannels()} output channels of {@code shape.k()} values
     * @param product what multiplies patches and filters
     * @return images in a Java array of their own, of {@code shape.outputChannels()} channels
     */
    public static Images convolve(Conv2dShape shape, Images src, Weights filters, Product product) {
        final int zeroPoint = filters.ends()
                .requantization()
                .map(Requantization::lhsZeroPoint)
                .orElse(0);
        final int height = shape.outputHeight(src.height());
        final int width = shape.outputWidth(src.width());
        final int channels = shape.outputChannels();
        final int ofGroup = channels / shape.groups();
        final Matrix dst = product.multiply(patches(shape, src, 0, zeroPoint), filters);
        for (int group = 1; group < shape.groups(); group++) {
            // multiplied by all filters, of whose results those of the group are taken
            final Matrix results = product.multiply(patches(shape, src, group, zeroPoint), filters);
            for (int row = 0; row < dst.rows(); row++) {
                for (int channel = group * ofGroup; channel < (group + 1) * ofGroup; channel++) {
                    Elements.copy(results, row, channel, dst, row, channel);
                }
            }
        }
        return new Images(src.count(), height, width, dst);
    }

    /**
     * The patches of a group: a row of {@code shape.k()} values for each pixel of the output, image after image.
     *
     * @param group which, from 0
     * @param zeroPoint what padding holds in images of bytes; in others it is 0
     * @return a matrix in a Java array of its own, of the elements that the images have
     */
    public static Matrix patches(Conv2dShape shape, Images src, int group, int zeroPoint) {
        final int height = shape.outputHeight(src.height());
        final int width = shape.outputWidth(src.width());
        final int rows = (int) Sizes.times(src.count(), height, width);
        final Matrix patches = padding(src.pixels(), rows, shape.k(), zeroPoint);
        for (int image = 0; image < src.count(); image++) {
            for (int y = 0; y < height; y++) {
                for (int x = 0; x < width; x++) {
                    final int row = (image * height + y) * width + x;
                    putPatch(shape, src, group, image, y, x, patches, row);
                }
            }
        }
        return patches;
    }

    private static void putPatch(
            Conv2dShape shape, Images src, int group, int image, int y, int x, Matrix patches, int patch) {
        final int channels = shape.inputChannels() / shape.groups();
        final long top = (long) y * shape.strideHeight() - shape.paddingTop(src.height());
        final long left = (long) x * shape.strideWidth() - shape.paddingLeft(src.width());
        for (int p = 0; p < shape.k(); p++) {
            final int c = p % channels;
            final int s = p / channels % shape.kernelWidth();
            final int r = p / channels / shape.kernelWidth();
            final long row = top + (long) r * shape.dilationHeight();
            final long column = left + (long) s * shape.dilationWidth();
            if (row >= 0 && row < src.height() && column >= 0 && column < src.width()) {
                final long pixel = ((long) image * src.height() + row) * src.width() + column;
                Elements.copy(src.pixels(), (int) pixel, group * channels + c, patches, patch, p);
            }
        }
    }

    /** Padding alone, of the elements that a matrix has. */
    private static Matrix padding(Matrix like, int rows, int columns, int zeroPoint) {
        final Matrix padding = Elements.like(like, rows, columns);
        if (padding instanceof Matrix.Bytes bytes) {
            Arrays.fill(bytes.data(), (byte) zeroPoint);
        }
        return padding;
    }
}
