package dev.tilesmith.kernel.drive;

import dev.tilesmith.runtime.Images;
import dev.tilesmith.runtime.Matrix;
import java.util.Arrays;

/**
 * The lines of images that a kernel is over, in a Java array: of some columns, and of the channels of some results, a value for each
 * of these. Each is copied once, and stays until another takes its place that no kernel is over together with it. Before them is a
 * line of padding. One thread's.
 */
final class DepthwiseLines {
    /** Where the line of padding begins, which nobody overwrites. */
    static final int PADDING = 0;

    private final Images src;
    private final int multiplier;
    private final FloatReader reader;
    private final int lineFloats;
    private final float[] floats;
    private final HeldLines held;
    private final float[] pixel;
    private ColumnRange columns = new ColumnRange(0, 0);
    private int firstChannel;
    private int channels;

    /**
     * Those of a convolution.
     *
     * @param nr channels of a panel
     * @param reader of its pixels
     */
    DepthwiseLines(DepthwiseProduct product, DepthwiseBlocks blocks, int nr, FloatReader reader) {
        this.src = product.src();
        this.multiplier = product.multiplier();
        this.reader = reader;
        this.lineFloats = blocks.line();
        this.floats = new float[blocks.floats(nr)];
        Arrays.fill(floats, PADDING, PADDING + lineFloats, product.paddingValue());
        this.held = new HeldLines(blocks.lines());
        this.pixel = new float[multiplier == 1 ? 0 : src.channels()];
    }

    /** Goes on to other columns of the images, and to other channels of results. */
    void begin(ColumnRange newColumns, int newFirstChannel, int newChannels) {
        columns = newColumns;
        firstChannel = newFirstChannel;
        channels = newChannels;
        held.forget();
    }

    /** All lines. */
    float[] floats() {
        return floats;
    }

    /** Floats from one column to the next. */
    int columnFloats() {
        return channels;
    }

    /** Where a line of an image begins, which is copied if it is not there. */
    int line(int image, int row) {
        final int place = held.place(row);
        final int at = (place + 1) * lineFloats;
        final long line = (long) image * src.height() + row;
        if (held.take(place, line)) {
            copy(line * src.width() + columns.first(), at);
        }
        return at;
    }

    /** Copies pixels from {@code first} on, counted over all images. */
    private void copy(long first, int at) {
        final Matrix pixels = src.pixels();
        if (multiplier == 1 && pixels.rowStride() == channels) {
            reader.read(pixels, pixels.offset() + first * channels, columns.count() * channels, floats, at);
            return;
        }
        for (int column = 0; column < columns.count(); column++) {
            final long from = pixels.offset() + (first + column) * pixels.rowStride();
            if (multiplier == 1) {
                reader.read(pixels, from + firstChannel, channels, floats, at + column * channels);
            } else {
                copyRepeated(from, at + column * channels);
            }
        }
    }

    /** Copies the channels of a pixel, each as often as it has results. */
    private void copyRepeated(long from, int at) {
        final int first = firstChannel / multiplier;
        final int end = Math.ceilDiv(firstChannel + channels, multiplier);
        reader.read(src.pixels(), from + first, end - first, pixel, 0);
        for (int i = 0; i < channels; i++) {
            floats[at + i] = pixel[(firstChannel + i) / multiplier - first];
        }
    }
}
