package dev.tilesmith.kernel.packing;

import dev.tilesmith.kernel.layout.ElementKind;
import dev.tilesmith.kernel.layout.PanelLayout;
import dev.tilesmith.kernel.packed.PackedPanels;
import dev.tilesmith.runtime.Matrix;
import dev.tilesmith.runtime.Weights;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** Lays f32 weights into panels: {@code [k][nr]} values, then nr biases. */
final class F32RhsPacker {
    private static final ValueLayout.OfFloat FLOAT = ValueLayout.JAVA_FLOAT_UNALIGNED;

    /** Rows of a panel that are filled at a time, so that its cache lines are written while they are there. */
    private static final int K_CHUNK = 64;

    private final Weights weights;
    private final PanelLayout layout;
    private final MemorySegment data;
    private final Matrix values;
    private final int k;
    private final PanelEnd end;

    private F32RhsPacker(Weights weights, PanelLayout layout, MemorySegment data) {
        this.weights = weights;
        this.layout = layout;
        this.data = data;
        this.values = weights.values();
        this.k = weights.k();
        this.end = new PanelEnd(weights, layout, k);
    }

    /** Packs. */
    static PackedPanels pack(Weights weights, PanelLayout layout, Packing packing) {
        final MemorySegment data = packing.allocate(weights, layout.bytes(weights.n(), weights.k()));
        packing.run(layout.panels(weights.n()), new F32RhsPacker(weights, layout, data)::pack);
        return new PackedPanels(layout, weights.n(), weights.k(), data);
    }

    private void pack(int first, int endPanel) {
        final int nr = layout.nr();
        for (int panel = first; panel < endPanel; panel++) {
            final int column = panel * nr;
            final int columns = Math.min(nr, weights.n() - column);
            final long start = end.start(panel);
            end.clear(data, start, columns);
            switch (weights.orientation()) {
                case N_BY_K -> transpose(column, columns, start);
                case K_BY_N -> copyRows(column, columns, start);
            }
            end.write(data, start, column);
        }
    }

    private void transpose(int column, int columns, long start) {
        int p = 0;
        while (p < k) {
            final int chunkEnd = p + Math.min(K_CHUNK, k - p);
            for (int j = 0; j < columns; j++) {
                final long to = start + j * (long) Float.BYTES;
                switch (values) {
                    case Matrix.Floats from -> transposeRow(from, column + j, p, chunkEnd, to);
                    case Matrix.Segment from -> transposeRow(from, column + j, p, chunkEnd, to);
                    case Matrix.Bytes _, Matrix.Shorts _, Matrix.Ints _ ->
                        throw ElementKind.notFloats("weights", values);
                }
            }
            p = chunkEnd;
        }
    }

    private void transposeRow(Matrix.Floats from, int row, int first, int chunkEnd, long to) {
        final int start = (int) (from.offset() + row * from.rowStride());
        final long step = layout.nr() * (long) Float.BYTES;
        for (int p = first; p < chunkEnd; p++) {
            data.set(FLOAT, to + p * step, from.data()[start + p]);
        }
    }

    private void transposeRow(Matrix.Segment from, int row, int first, int chunkEnd, long to) {
        final long start = (from.offset() + row * from.rowStride()) * Float.BYTES;
        final long step = layout.nr() * (long) Float.BYTES;
        for (int p = first; p < chunkEnd; p++) {
            data.set(FLOAT, to + p * step, from.data().get(FLOAT, start + p * (long) Float.BYTES));
        }
    }

    private void copyRows(int column, int columns, long start) {
        for (int p = 0; p < k; p++) {
            final long from = values.offset() + p * values.rowStride() + column;
            final long to = start + (long) p * layout.nr() * Float.BYTES;
            switch (values) {
                case Matrix.Floats floats -> MemorySegment.copy(floats.data(), (int) from, data, FLOAT, to, columns);
                case Matrix.Segment segment ->
                    MemorySegment.copy(segment.data(), from * Float.BYTES, data, to, columns * (long) Float.BYTES);
                case Matrix.Bytes _, Matrix.Shorts _, Matrix.Ints _ -> throw ElementKind.notFloats("weights", values);
            }
        }
    }
}
