package dev.tilesmith.kernel.drive;

import dev.tilesmith.runtime.Images;
import dev.tilesmith.runtime.Matrix;
import java.lang.foreign.MemorySegment;

/**
 * The lines of images that a kernel is over, for machine code: where they lie off the heap, else copies of some columns and of the channels of
 * some results, each of which stays until another takes its place that no kernel is over together with it. One thread's.
 */
final class F32NativeLines {
    private final Images src;
    private final boolean inPlace;
    private final F32DepthwiseScratch scratch;
    private final MemorySegment memory;
    private final HeldLines held;
    private final ChannelCopies copies;
    private ColumnRange columns = new ColumnRange(0, 0);
    private int firstChannel;
    private int channels;

    /**
     * Those of a part.
     *
     * @param memory as much as {@code scratch} says
     */
    F32NativeLines(
            DepthwiseProduct product, DepthwiseBlocks blocks, F32DepthwiseScratch scratch, MemorySegment memory) {
        this.src = product.src();
        this.inPlace = product.isReadInPlace();
        this.scratch = scratch;
        this.memory = memory;
        this.held = new HeldLines(blocks.lines());
        this.copies = new ChannelCopies(src, product.multiplier(), memory);
    }

    /** Goes on to other columns of the images, and to other channels of results. */
    void begin(ColumnRange newColumns, int newFirstChannel, int newChannels) {
        columns = newColumns;
        firstChannel = newFirstChannel;
        channels = newChannels;
        held.forget();
    }

    /** What holds all lines. */
    MemorySegment memory() {
        return inPlace && src.pixels() instanceof Matrix.Segment segment ? segment.data() : memory;
    }

    /** The first of the columns at hand. */
    int firstColumn() {
        return columns.first();
    }

    /** Bytes from one pixel to the next. */
    long pixelBytes() {
        return (inPlace ? src.pixels().rowStride() : channels) * Float.BYTES;
    }

    /** The address of a column of a line. */
    long address(long line, long column) {
        return line + (column - columns.first()) * pixelBytes();
    }

    /** The address of the first of a line's columns, and of their channels; the line is copied if it is not there. */
    long line(int image, int row) {
        final long line = (long) image * src.height() + row;
        final long first = line * src.width() + columns.first();
        if (inPlace) {
            final long at = src.pixels().offset() + first * src.pixels().rowStride();
            return memory().address() + (at + firstChannel) * Float.BYTES;
        }
        final int place = held.place(row);
        final long at = scratch.lines() + place * scratch.lineBytes();
        if (held.take(place, line)) {
            copies.copy(first, columns.count(), firstChannel, channels, at);
        }
        return memory.address() + at;
    }
}
