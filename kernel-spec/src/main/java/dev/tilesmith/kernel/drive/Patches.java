package dev.tilesmith.kernel.drive;

import dev.tilesmith.kernel.layout.ElementKind;
import dev.tilesmith.kernel.layout.RowSpacing;
import dev.tilesmith.runtime.Conv2dShape;
import dev.tilesmith.runtime.Images;
import dev.tilesmith.runtime.Matrix;
import java.lang.foreign.MemorySegment;

/**
 * The patches of images that filters of a group are multiplied with, one for each pixel of the output: by rows of the kernel, in
 * these by columns, in these by the group's channels. What lies outside of an image is padding.
 *
 * <p>What lies together in an image is copied at once: the pixels of a row of the kernel, where they are side by side and have no
 * other channels between them; else the channels of each.
 */
final class Patches implements GatheredRows {
    private final Conv2dShape shape;
    private final Images src;
    private final Matrix pixels;
    private final byte paddingByte;
    private final int elementBytes;
    private final long rowBytes;
    private final int outputHeight;
    private final int outputWidth;
    private final long paddingTop;
    private final long paddingLeft;
    private final boolean together;

    /**
     * The patches of a group.
     *
     * @param src images of all groups' channels
     * @param paddingValue what padding holds; of floats it is 0
     */
    Patches(Conv2dShape shape, Images src, int group, int paddingValue) {
        final int channels = shape.inputChannels() / shape.groups();
        this.shape = shape;
        this.src = src;
        this.pixels = src.pixels().slice(0, src.pixels().rows(), group * channels, channels);
        this.paddingByte = (byte) paddingValue;
        this.elementBytes = ElementKind.bytes(pixels);
        this.rowBytes = RowSpacing.spread((long) shape.k() * elementBytes);
        this.outputHeight = shape.outputHeight(src.height());
        this.outputWidth = shape.outputWidth(src.width());
        this.paddingTop = shape.paddingTop(src.height());
        this.paddingLeft = shape.paddingLeft(src.width());
        this.together = shape.dilationWidth() == 1 && pixels.rowStride() == channels;
    }

    /** The group's channels of the images. */
    Matrix pixels() {
        return pixels;
    }

    @Override
    public Matrix none() {
        return matrix(MemorySegment.NULL, 0);
    }

    @Override
    public long rowBytes() {
        return rowBytes;
    }

    private Matrix matrix(MemorySegment memory, int rows) {
        return new Matrix.Segment(memory, elementBytes, 0, rows, shape.k(), rowBytes / elementBytes);
    }

    /** Those of pixels of the output, counted over all images. */
    @Override
    public Matrix gather(int first, int count, MemorySegment to) {
        for (int i = 0; i < count; i++) {
            gather(first + i, to, i * rowBytes);
        }
        return matrix(to, count);
    }

    private void gather(int output, MemorySegment to, long start) {
        final int line = output / outputWidth;
        final long left = (long) (output % outputWidth) * shape.strideWidth() - paddingLeft;
        final long top = (long) (line % outputHeight) * shape.strideHeight() - paddingTop;
        final int firstTap = firstWithin(left);
        final int endTap = Math.max(firstTap, endWithin(left));
        final long kernelRowBytes = (long) shape.kernelWidth() * pixels.columns() * elementBytes;
        final long lineOfImage = (long) (line / outputHeight) * src.height();
        long at = start;
        for (int r = 0; r < shape.kernelHeight(); r++) {
            final long row = top + (long) r * shape.dilationHeight();
            if (row < 0 || row >= src.height() || firstTap == endTap) {
                pad(to, at, kernelRowBytes);
            } else {
                gatherRow((lineOfImage + row) * src.width() + left, firstTap, endTap, to, at);
            }
            at += kernelRowBytes;
        }
    }

    /** The first column of the kernel that is not left of an image, where the kernel begins at {@code left}. */
    private int firstWithin(long left) {
        return (int) Math.min(shape.kernelWidth(), Math.ceilDiv(Math.max(0, -left), shape.dilationWidth()));
    }

    /** The first after it that is right of an image. */
    private int endWithin(long left) {
        return (int)
                Math.min(shape.kernelWidth(), Math.ceilDiv(Math.max(0, src.width() - left), shape.dilationWidth()));
    }

    /**
     * A row of the kernel.
     *
     * @param pixel where it begins, counted over all images; outside of this row of its image if there is padding
     * @param firstTap the first of its columns that is within the image
     * @param endTap the first after it that is not
     */
    private void gatherRow(long pixel, int firstTap, int endTap, MemorySegment to, long at) {
        final int channels = pixels.columns();
        final long tapBytes = (long) channels * elementBytes;
        pad(to, at, firstTap * tapBytes);
        if (together) {
            copy(pixel + firstTap, (endTap - firstTap) * channels, to, at + firstTap * tapBytes);
        } else {
            for (int s = firstTap; s < endTap; s++) {
                copy(pixel + (long) s * shape.dilationWidth(), channels, to, at + s * tapBytes);
            }
        }
        pad(to, at + endTap * tapBytes, (shape.kernelWidth() - endTap) * tapBytes);
    }

    private void pad(MemorySegment to, long at, long bytes) {
        if (bytes > 0) {
            to.asSlice(at, bytes).fill(paddingByte);
        }
    }

    /** Copies elements from the start of a pixel on. */
    private void copy(long pixel, int count, MemorySegment to, long at) {
        ElementCopy.copy(pixels, pixels.offset() + pixel * pixels.rowStride(), count, to, at);
    }
}
