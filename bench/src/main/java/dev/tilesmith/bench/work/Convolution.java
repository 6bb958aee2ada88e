package dev.tilesmith.bench.work;

import dev.tilesmith.runtime.Conv2dShape;
import java.lang.foreign.MemorySegment;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A convolution of one image, with {@code SAME} padding: written {@code HxWxC-KHxKWxO}, or {@code HxWxC-KHxKW} where each
 * channel has a filter of its own; then {@code -s2} for a stride of 2, {@code -s2x1} for one of 2 rows and 1 column.
 *
 * @param height rows of the image
 * @param width its columns
 * @param pixels what is done with pixels: in one group, or depthwise with a filter for each channel; filters are not dilated
 */
public record Convolution(int height, int width, Conv2dShape pixels) implements Layer {
    private static final String COUNT = "([1-9]\\d{0,4})";
    private static final Pattern TEXT = Pattern.compile(COUNT + "x" + COUNT + "x" + COUNT + "-" + COUNT + "x" + COUNT
            + "(?:x" + COUNT + ")?(?:-s" + COUNT + "(?:x" + COUNT + ")?)?");

    static Optional<Convolution> find(String text) {
        final Matcher parts = TEXT.matcher(text);
        if (!parts.matches()) {
            return Optional.empty();
        }
        final int channels = Integer.parseInt(parts.group(3));
        final int kernelHeight = Integer.parseInt(parts.group(4));
        final int kernelWidth = Integer.parseInt(parts.group(5));
        final Conv2dShape shape = count(parts, 6)
                .map(filters -> Conv2dShape.of(channels, filters, kernelHeight, kernelWidth))
                .orElseGet(() -> Conv2dShape.depthwise(channels, kernelHeight, kernelWidth));
        final int down = count(parts, 7).orElse(1);
        final int across = count(parts, 8).orElse(down);
        return Optional.of(new Convolution(
                Integer.parseInt(parts.group(1)),
                Integer.parseInt(parts.group(2)),
                shape.stride(down, across).samePadding()));
    }

    private static Optional<Integer> count(Matcher parts, int group) {
        return Optional.ofNullable(parts.group(group)).map(Integer::valueOf);
    }

    /** Whether each channel has a filter of its own. */
    public boolean isDepthwise() {
        return pixels.groups() > 1;
    }

    /** Rows of the output. */
    public int outputHeight() {
        return pixels.outputHeight(height);
    }

    /** Columns of the output. */
    public int outputWidth() {
        return pixels.outputWidth(width);
    }

    /** Rows of padding above the image. */
    public int paddingTop() {
        return (int) pixels.paddingTop(height);
    }

    /** Rows of padding below it. */
    public int paddingBottom() {
        return behind(outputHeight(), pixels.strideHeight(), pixels.kernelHeight(), height + paddingTop());
    }

    /** Columns of padding before it. */
    public int paddingLeft() {
        return (int) pixels.paddingLeft(width);
    }

    /** Columns of padding behind it. */
    public int paddingRight() {
        return behind(outputWidth(), pixels.strideWidth(), pixels.kernelWidth(), width + paddingLeft());
    }

    private static int behind(int outputs, int stride, int kernel, int before) {
        return Math.max(0, (outputs - 1) * stride + kernel - before);
    }

    @Override
    public LayerKind kind() {
        if (isDepthwise()) {
            return LayerKind.DEPTHWISE;
        }
        return pixels.kernelHeight() * pixels.kernelWidth() == 1 ? LayerKind.POINTWISE : LayerKind.FULL;
    }

    @Override
    public Shape shape() {
        return new Shape(outputHeight() * outputWidth(), pixels.outputChannels(), pixels.k());
    }

    @Override
    public int count() {
        return 1;
    }

    @Override
    public long srcFloats() {
        return (long) height * width * pixels.inputChannels();
    }

    @Override
    public long weightsFloats() {
        return (long) pixels.outputChannels() * pixels.k();
    }

    @Override
    public double exact(MemorySegment src, MemorySegment weights, long row, int column) {
        final long top = row / outputWidth() * pixels.strideHeight() - paddingTop();
        final long left = row % outputWidth() * pixels.strideWidth() - paddingLeft();
        double sum = 0;
        for (int r = 0; r < pixels.kernelHeight(); r++) {
            for (int s = 0; s < pixels.kernelWidth(); s++) {
                if (isInside(top + r, left + s)) {
                    sum += ofPixel(src, (top + r) * width + left + s, weights, r * pixels.kernelWidth() + s, column);
                }
            }
        }
        return sum;
    }

    private boolean isInside(long y, long x) {
        return y >= 0 && y < height && x >= 0 && x < width;
    }

    private double ofPixel(MemorySegment src, long pixel, MemorySegment weights, int tap, int column) {
        final int channels = pixels.inputChannels() / pixels.groups();
        final long from = pixel * pixels.inputChannels() + (isDepthwise() ? column : 0);
        final long filter = (long) column * pixels.k() + (long) tap * channels;
        double sum = 0;
        for (int c = 0; c < channels; c++) {
            sum += (double) Operands.get(src, from + c) * Operands.get(weights, filter + c);
        }
        return sum;
    }

    @Override
    public String toString() {
        return height + "x" + width + "x" + pixels.inputChannels() + "-" + pixels.kernelHeight() + "x"
                + pixels.kernelWidth() + (isDepthwise() ? "" : "x" + pixels.outputChannels()) + stride();
    }

    private String stride() {
        final int down = pixels.strideHeight();
        final int across = pixels.strideWidth();
        if (down == across) {
            return down == 1 ? "" : "-s" + down;
        }
        return "-s" + down + "x" + across;
    }
}
