package dev.tilesmith.kernel.packing;

import dev.tilesmith.kernel.layout.PanelLayout;
import dev.tilesmith.runtime.PlainWeights;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/** Weights in f32, either way round, which are quantized as they are read. */
abstract sealed class QuantizedFloats implements GroupSource permits QuantizedBlocks, QuantizedChannels {
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN)
            .withInvokeExactBehavior();
    private static final int BITS = 4;

    private final FloatStretch floats;
    private final byte[] quantized;
    private final int k;
    private final int nr;
    private final int groupLength;
    private int column;
    private int columns;

    QuantizedFloats(PlainWeights weights, PanelLayout layout) {
        this.k = weights.k();
        this.nr = layout.nr();
        this.groupLength = ValueGroups.values(layout);
        this.floats = new FloatStretch(weights, nr, ValueGroups.STRETCH * groupLength);
        this.quantized = new byte[ValueGroups.STRETCH * groupLength];
    }

    @Override
    public final int apart() {
        return ValueGroups.BYTES;
    }

    @Override
    public final void begin(int newColumn, int newColumns, BlockScales scales) {
        column = newColumn;
        columns = newColumns;
        measure(scales);
    }

    /** Measures what takes all values of a channel. */
    abstract void measure(BlockScales scales);

    /**
     * Quantizes {@code count} values of a channel, from {@code start} of K on.
     *
     * @param j the channel's column of the panel
     */
    abstract void quantize(int j, int start, int count, byte[] to, BlockScales scales);

    final FloatStretch floats() {
        return floats;
    }

    final int columns() {
        return columns;
    }

    final int nr() {
        return nr;
    }

    /** The channel of a column of the panel. */
    final int channel(int j) {
        return column + j;
    }

    /** Copies a stretch from {@code start} of K on, and returns how many values of each channel it has. */
    final int fetch(int start, int most) {
        final int count = Math.min(most, k - start);
        floats.fetch(column, columns, start, count);
        return count;
    }

    @Override
    public final void read(int group, int count, ValueGroups to, BlockScales scales) {
        final int start = group * groupLength;
        final int present = fetch(start, count * groupLength);
        for (int j = 0; j < columns; j++) {
            quantize(j, start, present, quantized, scales);
            Arrays.fill(quantized, present, quantized.length, (byte) 0);
            put(j, count, to);
        }
    }

    /** Puts the groups of a channel to their places, two values of four bits to a byte. */
    private void put(int j, int count, ValueGroups to) {
        for (int i = 0; i < count; i++) {
            final int at = i * groupLength;
            long low = longAt(at);
            long high = longAt(at + Long.BYTES);
            if (groupLength > ValueGroups.BYTES) {
                low |= longAt(at + ValueGroups.BYTES) << BITS;
                high |= longAt(at + ValueGroups.BYTES + Long.BYTES) << BITS;
            }
            to.put(i * nr + j, low, high);
        }
    }

    private long longAt(int at) {
        return (long) LONG.get(quantized, at);
    }
}
