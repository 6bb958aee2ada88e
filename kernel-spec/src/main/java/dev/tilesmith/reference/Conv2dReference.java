package dev.tilesmith.reference;

import dev.tilesmith.runtime.Conv2dShape;
import dev.tilesmith.runtime.Images;
import dev.tilesmith.runtime.Matrix;
import dev.tilesmith.runtime.Requantization;
import dev.tilesmith.runtime.Weights;
import dev.tilesmith.size.Sizes;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * 2-D convolutions of any formats: each output is what a product of matrices gives for a patch of an image and the filters. The
 * patch of an output has a value for each row of the kernel, in these for each column, in these for each channel of the group: of
 * the pixel there ({@link Conv2dShape} says which), or of padding where there is none. Padding stands for 0: it is 0 in floats, and
 * the zero point of the input in static int8.
 */
public final class Conv2dReference {
    private static final ValueLayout.OfShort BITS = ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

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
                    copy(results, row, channel, dst, row, channel);
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
                copy(src.pixels(), (int) pixel, group * channels + c, patches, patch, p);
            }
        }
    }

    /** Padding alone, of the elements that a matrix has. */
    private static Matrix padding(Matrix like, int rows, int columns, int zeroPoint) {
        final int length = Sizes.arrayLength("patches", Sizes.times(rows, columns));
        final byte[] bytes = new byte[length];
        Arrays.fill(bytes, (byte) zeroPoint);
        return switch (like) {
            case Matrix.Floats _ -> Matrix.of(new float[length], rows, columns);
            case Matrix.Shorts _ -> Matrix.of(new short[length], rows, columns);
            case Matrix.Bytes _ -> Matrix.of(bytes, rows, columns);
            case Matrix.Ints _ -> throw new IllegalArgumentException("src: " + like + "; no format has rows of it");
            case Matrix.Segment segment when segment.elementBytes() == 1 -> Matrix.of(bytes, rows, columns);
            case Matrix.Segment segment
            when segment.elementBytes() == Short.BYTES -> Matrix.of(new short[length], rows, columns);
            case Matrix.Segment _ -> Matrix.of(new float[length], rows, columns);
        };
    }

    /** Copies an element to a matrix in a Java array. */
    private static void copy(Matrix from, int row, int column, Matrix to, int toRow, int toColumn) {
        final long at = from.offset() + row * from.rowStride() + column;
        final int toAt = (int) (to.offset() + toRow * to.rowStride() + toColumn);
        switch (to) {
            case Matrix.Floats results -> results.data()[toAt] = floatAt(from, at);
            case Matrix.Shorts results -> results.data()[toAt] = shortAt(from, at);
            case Matrix.Bytes results -> results.data()[toAt] = byteAt(from, at);
            case Matrix.Ints results -> results.data()[toAt] = ((Matrix.Ints) from).data()[(int) at];
            case Matrix.Segment _ -> throw new IllegalArgumentException("product: " + to + "; expected a Java array");
        }
    }

    private static float floatAt(Matrix from, long at) {
        return from instanceof Matrix.Segment segment
                ? segment.data().get(ValueLayout.JAVA_FLOAT_UNALIGNED, at * Float.BYTES)
                : ((Matrix.Floats) from).data()[(int) at];
    }

    private static short shortAt(Matrix from, long at) {
        return from instanceof Matrix.Segment segment
                ? segment.data().get(BITS, at * Short.BYTES)
                : ((Matrix.Shorts) from).data()[(int) at];
    }

    private static byte byteAt(Matrix from, long at) {
        return from instanceof Matrix.Segment segment
                ? segment.data().get(ValueLayout.JAVA_BYTE, at)
                : ((Matrix.Bytes) from).data()[(int) at];
    }
}
