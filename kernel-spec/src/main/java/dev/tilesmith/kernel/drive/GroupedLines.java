package dev.tilesmith.kernel.drive;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import dev.tilesmith.code.NativeFunction;
import dev.tilesmith.kernel.argument.DepthwiseInt8Arguments;
import dev.tilesmith.runtime.Images;
import dev.tilesmith.runtime.Matrix;
import java.lang.foreign.MemorySegment;

/**
 * The lines of images that a kernel is over, in groups of columns as machine code multiplies them: of the channels of some panels. Each is laid
 * once, and stays until another takes its place that no kernel is over together with it. One thread's.
 */
final class GroupedLines {
    private final DepthwiseProduct product;
    private final Images src;
    private final DepthwiseBlocks blocks;
    private final Int8DepthwiseScratch scratch;
    private final MemorySegment memory;
    private final int nr;
    private final NativeFunction laying;
    private final HeldLines held;
    private final ChannelCopies copies;
    private ColumnRange columns = new ColumnRange(0, 0);
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
            Int8DepthwiseScratch scratch,
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
        this.held = new HeldLines(blocks.lines());
        this.copies = new ChannelCopies(src, product.multiplier(), memory);
        final byte padding = (byte) product.paddingValue();
        memory.asSlice(scratch.padding(), (long) blocks.panels() * nr).fill(padding);
        memory.asSlice(scratch.paddingLine(), blocks.line()).fill((byte) (padding ^ Byte.MIN_VALUE));
        put(DepthwiseInt8Arguments.COLUMNS, scratch.columns());
        put(DepthwiseInt8Arguments.PADDING, scratch.padding());
    }

    private void put(int offset, long value) {
        memory.set(JAVA_LONG, offset, value);
    }

    /**
     * Goes on to the groups of other columns of results, and to other channels of them.
     *
     * @param left the column of images that is first under the first result's kernel, which may be outside of them
     * @param newColumns those under all of them
     */
    void begin(DepthwiseGroups groups, long left, ColumnRange newColumns, int newFirstChannel, int newChannels) {
        columns = newColumns;
        firstChannel = newFirstChannel;
        channels = newChannels;
        held.forget();
        final int count = (int) groups.count();
        for (int group = 0; group < count; group++) {
            for (int tap = 0; tap < DepthwiseInt8Arguments.TAPS; tap++) {
                final long column = left + groups.column(group, tap);
                memory.set(
                        JAVA_LONG,
                        scratch.columns() + ((long) group * DepthwiseInt8Arguments.TAPS + tap) * Long.BYTES,
                        columns.contains(column) ? (column - columns.first()) * pixelBytes() : -1);
            }
        }
        put(DepthwiseInt8Arguments.GROUPS, count);
        put(DepthwiseInt8Arguments.LINE_PANEL, (long) count * nr * DepthwiseInt8Arguments.TAPS);
    }

    private long pixelBytes() {
        return product.isReadInPlace() ? src.pixels().rowStride() : channels;
    }

    /** Where a line of an image is, in bytes from the start of memory; it is laid if it is not there. */
    long line(int image, int row) {
        final int place = held.place(row);
        final long at = scratch.lines() + (long) place * blocks.line();
        final long line = (long) image * src.height() + row;
        if (held.take(place, line)) {
            lay(line * src.width() + columns.first(), at);
        }
        return at;
    }

    /** Lays pixels from {@code first} on, counted over all images. */
    private void lay(long first, long at) {
        put(DepthwiseInt8Arguments.LINE, at);
        final Matrix pixels = src.pixels();
        if (product.isReadInPlace() && pixels instanceof Matrix.Segment segment) {
            put(DepthwiseInt8Arguments.SRC_OFFSET, pixels.offset() + first * pixels.rowStride() + firstChannel);
            laying.call(memory, segment.data(), memory, memory);
            return;
        }
        copies.copy(first, columns.count(), firstChannel, channels, scratch.copy());
        put(DepthwiseInt8Arguments.SRC_OFFSET, scratch.copy());
        laying.call(memory, memory, memory, memory);
    }
}
