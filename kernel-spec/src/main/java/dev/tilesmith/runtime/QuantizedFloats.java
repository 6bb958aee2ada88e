package dev.tilesmith.runtime;

import dev.tilesmith.runtime.Weights.Orientation;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/** Weights in f32, either way round, which are quantized as they are read. The rule is {@link Int4RhsPacker}'s. */
final class QuantizedFloats implements Int4Source {
    private static final ValueLayout.OfFloat FLOAT = ValueLayout.JAVA_FLOAT_UNALIGNED;
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN)
            .withInvokeExactBehavior();
    private static final int LARGEST = 7;
    private static final int OFFSET = 8;
    private static final int HALF = NibbleGroups.VALUES / 2;
    private static final int BITS = 4;
    private static final SymmetricQuantizer QUANTIZER = new SymmetricQuantizer(LARGEST, OFFSET);
    private static final int STRETCH_VALUES = STRETCH * NibbleGroups.VALUES;

    private final Matrix values;
    private final boolean rows;
    private final int k;
    private final int nr;
    private final int bl;
    private final boolean hasBlocks;
    private final ScaleFormat format;
    private final float[] floats;
    private final float[] row;
    private final byte[] quantized = new byte[STRETCH_VALUES];
    private final float[] channelScales;
    private final float[] largest;
    private int column;
    private int columns;

    QuantizedFloats(Weights weights, PanelLayout layout, int bl) {
        this.values = weights.values();
        this.rows = weights.orientation() == Orientation.N_BY_K;
        this.k = weights.k();
        this.nr = layout.nr();
        this.bl = bl;
        this.hasBlocks = layout.hasBlocks();
        this.format = hasBlocks ? ScaleFormat.of(layout) : ScaleFormat.F32;
        this.floats = new float[nr * STRETCH_VALUES];
        this.row = new float[nr];
        this.channelScales = new float[nr];
        this.largest = new float[nr];
    }

    @Override
    public int apart() {
        return HALF;
    }

    /** The scale of a channel takes all of its values, which so are read twice. */
    @Override
    public void begin(int newColumn, int newColumns) {
        column = newColumn;
        columns = newColumns;
        if (hasBlocks) {
            return;
        }
        Arrays.fill(largest, 0f);
        for (int start = 0; start < k; start += STRETCH_VALUES) {
            final int count = Math.min(STRETCH_VALUES, k - start);
            fetch(start, count);
            for (int j = 0; j < columns; j++) {
                largest[j] = Math.max(largest[j], largest(j, start, 0, count));
            }
        }
        for (int j = 0; j < columns; j++) {
            channelScales[j] = scale(largest[j]);
        }
    }

    /** The scale of a channel that has one. */
    float channelScale(int j) {
        return channelScales[j];
    }

    @Override
    public void read(int group, int count, NibbleGroups to, float[] scales) {
        final int start = group * NibbleGroups.VALUES;
        final int present = Math.min(count * NibbleGroups.VALUES, k - start);
        fetch(start, present);
        for (int j = 0; j < columns; j++) {
            if (hasBlocks) {
                for (int at = 0; at < present; at += bl) {
                    scales[at / bl * nr + j] = quantizeBlock(j, start, at);
                }
            } else {
                QUANTIZER.quantize(floats, j * STRETCH_VALUES, present, largest[j], channelScales[j], quantized, 0);
            }
            Arrays.fill(quantized, present, quantized.length, (byte) 0);
            combine(j, count, to);
        }
    }

    /** Quantizes a block, and returns its scale. */
    private float quantizeBlock(int j, int start, int at) {
        final float largestOfBlock = largest(j, start, at, bl);
        final float scale = scale(largestOfBlock);
        QUANTIZER.quantize(floats, j * STRETCH_VALUES + at, bl, largestOfBlock, scale, quantized, at);
        return scale;
    }

    /** The largest magnitude of some values of a stretch, which must be finite. */
    private float largest(int j, int start, int at, int count) {
        final int from = j * STRETCH_VALUES + at;
        final float found = SymmetricQuantizer.largest(floats, from, count);
        SymmetricQuantizer.checkFinite(found, floats, from, count, column + j, start + at);
        return found;
    }

    /** Copies a stretch of each column, one after the other. */
    private void fetch(int start, int count) {
        if (rows) {
            for (int j = 0; j < columns; j++) {
                copy(values.offset() + (column + j) * values.rowStride() + start, count, floats, j * STRETCH_VALUES);
            }
        } else {
            for (int p = 0; p < count; p++) {
                copy(values.offset() + (start + p) * values.rowStride() + column, columns, row, 0);
                for (int j = 0; j < columns; j++) {
                    floats[j * STRETCH_VALUES + p] = row[j];
                }
            }
        }
    }

    private void copy(long from, int count, float[] to, int at) {
        switch (values) {
            case Matrix.Floats given -> System.arraycopy(given.data(), (int) from, to, at, count);
            case Matrix.Segment given -> MemorySegment.copy(given.data(), FLOAT, from * Float.BYTES, to, at, count);
            case Matrix.Bytes _, Matrix.Ints _ -> throw ElementKind.notFloats("weights", values);
        }
    }

    private float scale(float magnitude) {
        final float scale = format.round(magnitude / LARGEST);
        return scale == 0f ? 1f : scale;
    }

    private void combine(int j, int count, NibbleGroups to) {
        for (int i = 0; i < count; i++) {
            final int at = i * NibbleGroups.VALUES;
            to.put(
                    i * nr + j,
                    longAt(at) | (longAt(at + HALF) << BITS),
                    longAt(at + Long.BYTES) | (longAt(at + HALF + Long.BYTES) << BITS));
        }
    }

    private long longAt(int at) {
        return (long) LONG.get(quantized, at);
    }
}
