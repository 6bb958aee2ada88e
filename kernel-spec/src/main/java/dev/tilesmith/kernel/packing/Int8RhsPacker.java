package dev.tilesmith.kernel.packing;

import dev.tilesmith.kernel.layout.ElementKind;
import dev.tilesmith.kernel.layout.PanelLayout;
import dev.tilesmith.kernel.layout.ScaleFormat;
import dev.tilesmith.kernel.packed.PackedPanels;
import dev.tilesmith.runtime.BlockWeights;
import dev.tilesmith.runtime.Matrix;
import dev.tilesmith.runtime.PlainWeights;
import dev.tilesmith.runtime.Weights;
import dev.tilesmith.runtime.Weights.Codes;
import dev.tilesmith.runtime.Weights.Elements;
import dev.tilesmith.runtime.Weights.Halves;
import dev.tilesmith.runtime.Weights.Nibbles;
import dev.tilesmith.runtime.Weights.Orientation;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Lays int8 weights into panels: {@code [k/kr][nr][kr]} values, then the metadata of the columns. For a dynamic left
 * operand these are nr int32 sums of a column's values, nr f32 scales, nr f32 biases. For a static one they are nr int32s
 * that sums begin with, {@code bias - (lhsZeroPoint + lhsOffset) * Σ w}; for {@code QAI8} then nr f32 multipliers and nr
 * int32 zero points of the result, one and the same.
 *
 * <p>f32 weights are quantized here: the scale of a channel is its largest magnitude over 127, or 1 where that is 0;
 * values are divided by it, rounded to the nearest integer, halves to even, and bounded to [-127, 127].
 */
final class Int8RhsPacker {
    private static final ValueLayout.OfFloat FLOAT = ValueLayout.JAVA_FLOAT_UNALIGNED;

    /** Groups of kr values that are put together at a time. */
    private static final int STRETCH = 128;

    private static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN)
            .withInvokeExactBehavior();
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN)
            .withInvokeExactBehavior();

    private final PlainWeights weights;
    private final PanelLayout layout;
    private final MemorySegment data;
    private final int k;
    private final byte[] panel;
    private final float[] floats;
    private final float[] scales;
    private final int[] sums;
    private final long valueBytes;
    private final ColumnEnds ends;
    private final PanelEnd end;
    private final byte[] stage;

    private Int8RhsPacker(PlainWeights weights, PanelLayout layout, MemorySegment data) {
        this.weights = weights;
        this.layout = layout;
        this.data = data;
        this.k = weights.k();
        this.panel = new byte[Math.multiplyExact(layout.nr(), k)];
        this.floats = new float[floats(weights, layout.nr())];
        this.stage = new byte[STRETCH * layout.kr() * layout.nr()];
        this.valueBytes = layout.metadataOffset(k);
        this.scales = new float[layout.nr()];
        this.sums = new int[layout.nr()];
        this.ends = new ColumnEnds(weights, layout);
        this.end = new PanelEnd(weights, layout, k);
    }

    /** Floats that wait to be quantized: those of a channel, or of a panel where channels lie across the rows. */
    private static int floats(PlainWeights weights, int nr) {
        return switch (weights.encoding()) {
            case Elements elements ->
                switch (elements) {
                    case INT8 -> 0;
                    case F32 ->
                        weights.orientation() == Orientation.N_BY_K ? weights.k() : Math.multiplyExact(nr, weights.k());
                    case INT16, INT32 -> throw notTaken(weights);
                };
            case Nibbles _, Codes _, Halves _ -> throw notTaken(weights);
        };
    }

    /**
     * Packs.
     *
     * @throws IllegalArgumentException if the weights are neither int8 with scales nor finite f32 without
     */
    static PackedPanels pack(Weights weights, PanelLayout layout, Packing packing) {
        return switch (weights) {
            case PlainWeights plain -> pack(plain, layout, packing);
            case BlockWeights _ -> throw notTaken(weights);
        };
    }

    private static IllegalArgumentException notTaken(Weights weights) {
        return new IllegalArgumentException("weights: " + weights + "; expected int8 with scales, or f32 without");
    }

    private static PackedPanels pack(PlainWeights weights, PanelLayout layout, Packing packing) {
        final MemorySegment data = packing.allocate(weights, layout.bytes(weights.n(), weights.k()));
        packing.run(layout.panels(weights.n()), (first, end) -> {
            final Int8RhsPacker packer = new Int8RhsPacker(weights, layout, data);
            for (int panel = first; panel < end; panel++) {
                packer.pack(panel);
            }
        });
        return new PackedPanels(layout, weights.n(), weights.k(), data);
    }

    private void pack(int index) {
        final int first = index * layout.nr();
        final int columns = Math.min(layout.nr(), weights.n() - first);
        Arrays.fill(panel, columns * k, panel.length, (byte) 0);
        switch (weights.encoding()) {
            case Elements elements -> {
                switch (elements) {
                    case INT8 -> {
                        readBytes(first, columns);
                        GivenScales.copyOfChannels(weights.scales(), first, columns, scales);
                    }
                    case F32 -> quantize(first, columns);
                    case INT16, INT32 -> throw notTaken(weights);
                }
            }
            case Nibbles _, Codes _, Halves _ -> throw notTaken(weights);
        }
        Arrays.fill(scales, columns, scales.length, 1f);
        write(end.start(index), first, columns);
    }

    /** Reads the channels of a panel, k values each. */
    private void readBytes(int first, int columns) {
        final Matrix values = weights.values();
        if (weights.orientation() == Orientation.N_BY_K) {
            for (int j = 0; j < columns; j++) {
                copy(values.offset() + (first + j) * values.rowStride(), k, panel, j * k);
            }
            return;
        }
        final byte[] row = new byte[columns];
        for (int p = 0; p < k; p++) {
            copy(values.offset() + p * values.rowStride() + first, columns, row, 0);
            for (int j = 0; j < columns; j++) {
                panel[j * k + p] = row[j];
            }
        }
    }

    private void copy(long from, int count, byte[] to, int at) {
        switch (weights.values()) {
            case Matrix.Bytes given -> System.arraycopy(given.data(), (int) from, to, at, count);
            case Matrix.Segment given -> MemorySegment.copy(given.data(), ValueLayout.JAVA_BYTE, from, to, at, count);
            case Matrix.Floats _, Matrix.Shorts _, Matrix.Ints _ ->
                throw ElementKind.notBytes("weights", weights.values());
        }
    }

    /** Reads the channels of a panel, quantizes them, and keeps their scales. */
    private void quantize(int first, int columns) {
        final Matrix values = weights.values();
        if (weights.orientation() == Orientation.N_BY_K) {
            for (int j = 0; j < columns; j++) {
                copy(values.offset() + (first + j) * values.rowStride(), k, floats);
                scales[j] = quantize(first + j, 0, j * k);
            }
            return;
        }
        final float[] row = new float[columns];
        for (int p = 0; p < k; p++) {
            copy(values.offset() + p * values.rowStride() + first, columns, row);
            for (int j = 0; j < columns; j++) {
                floats[j * k + p] = row[j];
            }
        }
        for (int j = 0; j < columns; j++) {
            scales[j] = quantize(first + j, j * k, j * k);
        }
    }

    private void copy(long from, int count, float[] to) {
        switch (weights.values()) {
            case Matrix.Floats given -> System.arraycopy(given.data(), (int) from, to, 0, count);
            case Matrix.Segment given -> MemorySegment.copy(given.data(), FLOAT, from * Float.BYTES, to, 0, count);
            case Matrix.Bytes _, Matrix.Shorts _, Matrix.Ints _ ->
                throw ElementKind.notFloats("weights", weights.values());
        }
    }

    /** Quantizes a channel, and returns its scale. */
    private float quantize(int channel, int from, int to) {
        final float largest = SymmetricQuantizer.largest(floats, from, k);
        SymmetricQuantizer.checkFinite(largest, floats, from, k, channel, 0);
        final float scale = SymmetricQuantizer.INT8.scale(largest, ScaleFormat.F32);
        SymmetricQuantizer.INT8.quantize(floats, from, k, largest, scale, panel, to);
        return scale;
    }

    private void write(long start, int first, int columns) {
        final int nr = layout.nr();
        final int stretch = STRETCH * layout.kr();
        long at = start;
        end.clear(data, start, columns);
        for (int p = 0; p < k; p += stretch) {
            final int groups = Math.min(STRETCH, Math.ceilDiv(k - p, layout.kr()));
            gather(p, groups);
            MemorySegment.copy(stage, 0, data, ValueLayout.JAVA_BYTE, at, groups * nr * layout.kr());
            at += (long) groups * nr * layout.kr();
        }
        for (int j = 0; j < columns; j++) {
            sums[j] = sum(j * k);
        }
        ends.write(data, start + valueBytes, first, columns, sums, scales);
        end.write(data, start, first);
    }

    /** Brings {@code groups} groups of kr values from {@code from} on together, those of all columns side by side. */
    private void gather(int from, int groups) {
        final int nr = layout.nr();
        final int kr = layout.kr();
        final int whole = Math.min(groups, (k - from) / kr);
        for (int j = 0; j < nr; j++) {
            final int start = j * k + from;
            switch (kr) {
                case 4 -> {
                    for (int i = 0; i < whole; i++) {
                        INTS.set(stage, (i * nr + j) * 4, (int) INTS.get(panel, start + i * 4));
                    }
                }
                case 8 -> {
                    for (int i = 0; i < whole; i++) {
                        LONGS.set(stage, (i * nr + j) * 8, (long) LONGS.get(panel, start + i * 8));
                    }
                }
                default -> {
                    for (int i = 0; i < whole * kr; i++) {
                        stage[(i / kr * nr + j) * kr + i % kr] = panel[start + i];
                    }
                }
            }
            for (int i = whole * kr; i < groups * kr; i++) {
                stage[(i / kr * nr + j) * kr + i % kr] = from + i < k ? panel[start + i] : 0;
            }
        }
    }

    private int sum(int from) {
        int sum = 0;
        for (int p = from; p < from + k; p++) {
            sum += panel[p];
        }
        return sum;
    }
}
