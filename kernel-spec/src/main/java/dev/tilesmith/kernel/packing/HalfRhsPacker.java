package dev.tilesmith.kernel.packing;

import dev.tilesmith.kernel.layout.PanelLayout;
import dev.tilesmith.kernel.packed.PackedPanels;
import dev.tilesmith.runtime.Weights;
import dev.tilesmith.runtime.Weights.Halves;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/**
 * Lays weights of 16 bits into panels: {@code [k/kr][nr][kr]} values, then nr biases. f32 weights are rounded to the nearest value,
 * ties to even.
 *
 * @param halves what the values of panels are
 */
record HalfRhsPacker(Halves halves) {
    /** Rows of a panel that are filled at a time, so that its cache lines are written while they are there. */
    private static final int K_CHUNK = 64;

    private static final ValueLayout.OfShort SHORT =
            ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    /** Packs. */
    PackedPanels pack(Weights weights, PanelLayout layout, Packing packing) {
        final MemorySegment data = packing.allocate(weights, layout.bytes(weights.n(), weights.k()));
        packing.run(layout.panels(weights.n()), (first, end) -> {
            final Panels panels = new Panels(halves, weights, layout, data);
            for (int panel = first; panel < end; panel++) {
                panels.pack(panel);
            }
        });
        return new PackedPanels(layout, weights.n(), weights.k(), data);
    }

    /** The panels of some weights. One thread's. */
    private static final class Panels {
        private final Weights weights;
        private final PanelLayout layout;
        private final MemorySegment data;
        private final HalfStretch stretch;
        private final PanelEnd end;
        private final int nr;
        private final int kr;
        private final int k;

        Panels(Halves halves, Weights weights, PanelLayout layout, MemorySegment data) {
            this.weights = weights;
            this.layout = layout;
            this.data = data;
            this.nr = layout.nr();
            this.kr = layout.kr();
            this.k = weights.k();
            this.stretch = new HalfStretch(weights.values(), halves, Math.max(K_CHUNK, nr));
            this.end = new PanelEnd(weights, layout, k);
        }

        void pack(int panel) {
            final int column = panel * nr;
            final int columns = Math.min(nr, weights.n() - column);
            final long start = end.start(panel);
            end.clear(data, start, columns);
            clearBeyond(start);
            switch (weights.orientation()) {
                case N_BY_K -> transpose(column, columns, start);
                case K_BY_N -> copyRows(column, columns, start);
            }
            end.write(data, start, column);
        }

        /** Up to the whole values along K that are computed at a time. */
        private void clearBeyond(long start) {
            final long values = (long) k / kr * kr * nr * Short.BYTES;
            data.asSlice(start + values, layout.metadataOffset(k) - values).fill((byte) 0);
        }

        private void transpose(int column, int columns, long start) {
            int p = 0;
            while (p < k) {
                final int count = Math.min(K_CHUNK, k - p);
                for (int j = 0; j < columns; j++) {
                    final short[] bits = stretch.fetch(column + j, p, count);
                    put(bits, count, start + at(p, j));
                }
                p += count;
            }
        }

        /** Values of a column, of which the first begins what lies together. */
        private void put(short[] bits, int count, long to) {
            final long step = (long) kr * nr * Short.BYTES;
            for (int part = 0; part < kr; part++) {
                long at = to + part * (long) Short.BYTES;
                for (int i = part; i < count; i += kr) {
                    data.set(SHORT, at, bits[i]);
                    at += step;
                }
            }
        }

        private void copyRows(int column, int columns, long start) {
            for (int p = 0; p < k; p++) {
                final short[] bits = stretch.fetch(p, column, columns);
                final long to = start + at(p, 0);
                if (kr == 1) {
                    MemorySegment.copy(bits, 0, data, SHORT, to, columns);
                } else {
                    for (int j = 0; j < columns; j++) {
                        data.set(SHORT, to + (long) j * kr * Short.BYTES, bits[j]);
                    }
                }
            }
        }

        /** Bytes into a panel. */
        private long at(int p, int column) {
            return ((long) p / kr * kr * nr + (long) column * kr + p % kr) * Short.BYTES;
        }
    }
}
