package dev.tilesmith.kernel.drive;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT_UNALIGNED;

import dev.tilesmith.kernel.layout.ElementKind;
import dev.tilesmith.runtime.Images;
import dev.tilesmith.runtime.Matrix;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/**
 * The lines of images that a kernel is over, for machine code: where they lie off the heap, else copies of some columns and of the channels of
 * some results, each of which stays until another takes its place that no kernel is over together with it. One thread's.
 */
final class F32NativeLines {
    private static final long NONE = -1;

    private final Images src;
    private final boolean inPlace;
    private final int multiplier;
    private final F32DepthwiseScratch scratch;
    private final MemorySegment memory;
    private final long[] held;
    private int firstColumn;
    private int columns;
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
        this.multiplier = product.multiplier();
        this.scratch = scratch;
        this.memory = memory;
        this.held = new long[blocks.lines()];
    }

    /** Goes on to other columns of the images, and to other channels of results. */
    void begin(int newFirstColumn, int newColumns, int newFirstChannel, int newChannels) {
        firstColumn = newFirstColumn;
        columns = newColumns;
        firstChannel = newFirstChannel;
        channels = newChannels;
        Arrays.fill(held, NONE);
    }

    /** What holds all lines. */
    MemorySegment memory() {
        return inPlace && src.pixels() instanceof Matrix.Segment segment ? segment.data() : memory;
    }

    /** Bytes from one pixel to the next. */
    long pixelBytes() {
        return (inPlace ? src.pixels().rowStride() : channels) * Float.BYTES;
    }

    /** The address of a column of a line. */
    long address(long line, long column) {
        return line + (column - firstColumn) * pixelBytes();
    }

    /** The address of the first of a line's columns, and of their channels; the line is copied if it is not there. */
    long line(int image, int row) {
        final long line = (long) image * src.height() + row;
        final Matrix pixels = src.pixels();
        final long first = pixels.offset() + (line * src.width() + firstColumn) * pixels.rowStride();
        if (inPlace) {
            return memory().address() + (first + firstChannel) * Float.BYTES;
        }
        final int place = row % held.length;
        final long at = scratch.lines() + place * scratch.lineBytes();
        if (held[place] != line) {
            copy(first, at);
            held[place] = line;
        }
        return memory.address() + at;
    }

    /** Copies columns, at once where they lie together with no others' channels between them. */
    private void copy(long first, long to) {
        final Matrix pixels = src.pixels();
        if (multiplier == 1 && pixels.rowStride() == channels && pixels instanceof Matrix.Floats given) {
            MemorySegment.copy(given.data(), (int) first, memory, JAVA_FLOAT, to, columns * channels);
            return;
        }
        for (int column = 0; column < columns; column++) {
            copyPixel(first + column * pixels.rowStride(), to + (long) column * channels * Float.BYTES);
        }
    }

    /** Copies the channels of a pixel, each as often as it has results. */
    private void copyPixel(long from, long to) {
        switch (src.pixels()) {
            case Matrix.Floats given
            when multiplier == 1 ->
                MemorySegment.copy(given.data(), (int) from + firstChannel, memory, JAVA_FLOAT, to, channels);
            case Matrix.Floats given -> {
                for (int i = 0; i < channels; i++) {
                    final float value = given.data()[(int) from + (firstChannel + i) / multiplier];
                    memory.set(JAVA_FLOAT, to + (long) i * Float.BYTES, value);
                }
            }
            case Matrix.Segment given -> {
                for (int i = 0; i < channels; i++) {
                    final long at = from + (firstChannel + i) / multiplier;
                    final float value = given.data().get(JAVA_FLOAT_UNALIGNED, at * Float.BYTES);
                    memory.set(JAVA_FLOAT, to + (long) i * Float.BYTES, value);
                }
            }
            case Matrix.Bytes _, Matrix.Shorts _, Matrix.Ints _ -> throw ElementKind.notFloats("src", src.pixels());
        }
    }
}
