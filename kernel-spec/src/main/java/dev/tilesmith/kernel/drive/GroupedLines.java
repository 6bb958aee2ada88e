package dev.tilesmith.kernel.drive;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import dev.tilesmith.code.NativeFunction;
import dev.tilesmith.kernel.argument.DepthwiseArguments;
import dev.tilesmith.kernel.layout.ElementKind;
import dev.tilesmith.runtime.Images;
import dev.tilesmith.runtime.Matrix;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/**
 * The lines of images that a kernel is over, in groups of columns as machine code multiplies them: of the channels of some panels. Each is laid
 * once, and stays until another takes its place that no kernel is over together with it. One thread's.
 */
final class GroupedLines {
    private static final long NONE = -1;

    private final DepthwiseProduct product;
    private final Images src;
    private final DepthwiseBlocks blocks;
    private final DepthwiseScratch scratch;
    private final MemorySegment memory;
    private final int nr;
    private final NativeFunction laying;
    private final long[] held;
    private final int multiplier;
    private int firstColumn;
    private int columns;
    private int firstChannel;
    private int channels;

    /**
     * Those of a part.
     *
     * @param memory as much as {@code scratch} says, with the arguments
     * @param laying lays a line
     */
    GroupedLines(
            DepthwiseProduct product,
            DepthwiseBlocks blocks,
            DepthwiseScratch scratch,
            MemorySegment memory,
            int nr,
            NativeFunction laying) {
        this.product = product;
        this.src = product.src();
        this.blocks = blocks;
        this.scratch = scratch;
        this.memory = memory;
        this.nr = nr;
        this.laying = laying;
        this.held = new long[blocks.lines()];
        this.multiplier = product.multiplier();
        final byte padding = (byte) product.paddingValue();
        memory.asSlice(scratch.padding(), (long) blocks.panels() * nr).fill(padding);
        memory.asSlice(scratch.paddingLine(), blocks.line()).fill((byte) (padding ^ Byte.MIN_VALUE));
        put(DepthwiseArguments.COLUMNS, scratch.columns());
        put(DepthwiseArguments.PADDING, scratch.padding());
    }

    private void put(int offset, long value) {
        memory.set(JAVA_LONG, offset, value);
    }

    /** Goes on to the groups of other columns of results, from {@code from} on, and to the channels of other panels. */
    void begin(DepthwiseGroups groups, int from, int firstPanel, int endPanel) {
        Arrays.fill(held, NONE);
        firstChannel = firstPanel * nr;
        channels = (int) Math.min((long) endPanel * nr, product.product().endColumn()) - firstChannel;
        final int width = src.width();
        final long left =
                (long) from * product.shape().strideWidth() - product.shape().paddingLeft(width);
        final long right = left
                + (groups.pixels() - 1L) * product.shape().strideWidth()
                + product.shape().spanWidth();
        firstColumn = Math.clamp(left, 0, width);
        columns = Math.clamp(right, firstColumn, width) - firstColumn;
        final int count = (int) groups.count();
        for (int group = 0; group < count; group++) {
            for (int tap = 0; tap < DepthwiseArguments.TAPS; tap++) {
                final long column = left + groups.column(group, tap);
                final boolean inside = column >= firstColumn && column < (long) firstColumn + columns;
                memory.set(
                        JAVA_LONG,
                        scratch.columns() + ((long) group * DepthwiseArguments.TAPS + tap) * Long.BYTES,
                        inside ? (column - firstColumn) * pixelBytes() : -1);
            }
        }
        put(DepthwiseArguments.GROUPS, count);
        put(DepthwiseArguments.LINE_PANEL, (long) count * nr * DepthwiseArguments.TAPS);
        put(DepthwiseArguments.PANELS, endPanel - firstPanel);
        put(DepthwiseArguments.LAST_COLUMNS, channels - (endPanel - firstPanel - 1L) * nr);
    }

    private long pixelBytes() {
        return product.isReadInPlace() ? src.pixels().rowStride() : channels;
    }

    /** Where a line of an image is, in bytes from the start of memory; it is laid if it is not there. */
    long line(int image, int row) {
        final int place = row % held.length;
        final long at = scratch.lines() + (long) place * blocks.line();
        final long line = (long) image * src.height() + row;
        if (held[place] != line) {
            lay(line * src.width() + firstColumn, at);
            held[place] = line;
        }
        return at;
    }

    /** Lays pixels from {@code first} on, counted over all images. */
    private void lay(long first, long at) {
        put(DepthwiseArguments.LINE, at);
        final Matrix pixels = src.pixels();
        if (product.isReadInPlace() && pixels instanceof Matrix.Segment segment) {
            put(DepthwiseArguments.SRC_OFFSET, pixels.offset() + first * pixels.rowStride() + firstChannel);
            laying.call(memory, segment.data(), memory, memory);
            return;
        }
        copy(pixels, pixels.offset() + first * pixels.rowStride());
        put(DepthwiseArguments.SRC_OFFSET, scratch.copy());
        laying.call(memory, memory, memory, memory);
    }

    /** Copies pixels, at once where they lie together with no others' channels between them. */
    private void copy(Matrix pixels, long from) {
        if (multiplier == 1 && pixels.rowStride() == channels && pixels instanceof Matrix.Bytes given) {
            MemorySegment.copy(given.data(), (int) from, memory, JAVA_BYTE, scratch.copy(), columns * channels);
            return;
        }
        for (int column = 0; column < columns; column++) {
            copy(pixels, from + column * pixels.rowStride(), scratch.copy() + (long) column * channels);
        }
    }

    /** Copies the channels of a pixel, each as often as it has results. */
    private void copy(Matrix pixels, long from, long to) {
        switch (pixels) {
            case Matrix.Bytes given
            when multiplier == 1 ->
                MemorySegment.copy(given.data(), (int) from + firstChannel, memory, JAVA_BYTE, to, channels);
            case Matrix.Bytes given -> {
                for (int i = 0; i < channels; i++) {
                    memory.set(JAVA_BYTE, to + i, given.data()[(int) from + (firstChannel + i) / multiplier]);
                }
            }
            case Matrix.Segment given -> {
                for (int i = 0; i < channels; i++) {
                    final byte value = given.data().get(JAVA_BYTE, from + (firstChannel + i) / multiplier);
                    memory.set(JAVA_BYTE, to + i, value);
                }
            }
            case Matrix.Floats _, Matrix.Shorts _, Matrix.Ints _ -> throw ElementKind.notBytes("src", pixels);
        }
    }
}
