package dev.tilesmith.kernel.packing;

import dev.tilesmith.code.NativeFunction;
import dev.tilesmith.kernel.argument.PackerArguments;
import dev.tilesmith.kernel.layout.PanelLayout;
import dev.tilesmith.runtime.BlockLayout;
import dev.tilesmith.runtime.Matrix;
import dev.tilesmith.runtime.Weights;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** Packs rows of ggml's blocks by machine code: one range of panels, on one thread. */
final class NativeBlockPacker {
    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG;
    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT;

    private final NativeFunction function;
    private final Weights weights;
    private final MemorySegment source;
    private final MemorySegment data;
    private final PanelLayout layout;
    private final PanelEnd end;

    /** Packs {@code weights}, which are in such blocks as the function reads, into {@code data}. */
    NativeBlockPacker(NativeFunction function, Weights weights, PanelLayout layout, MemorySegment data) {
        this.function = function;
        this.weights = weights;
        this.source = RowBytes.segment(weights.values());
        this.data = data;
        this.layout = layout;
        this.end = new PanelEnd(weights, layout, BlockLayout.LENGTH);
    }

    /**
     * Packs panels from {@code first} to {@code endPanel}, of which the latter is not one, and returns the first of them that is
     * left: one with fewer columns than nr, or with a scale that its format does not have.
     */
    int pack(int first, int endPanel) {
        if (weights.k() == 0) {
            return first;
        }
        try (Arena arena = Arena.ofConfined()) {
            final MemorySegment arguments = arena.allocate(PackerArguments.BYTES, Long.BYTES);
            arguments.set(LONG, PackerArguments.SOURCE_STRIDE, weights.values().rowStride());
            arguments.set(LONG, PackerArguments.BLOCKS, weights.k() / BlockLayout.LENGTH);
            final int whole = Math.min(endPanel, weights.n() / layout.nr());
            int panel = first;
            while (panel < whole && pack(panel, arguments)) {
                panel++;
            }
            return panel;
        }
    }

    private boolean pack(int panel, MemorySegment arguments) {
        final Matrix rows = weights.values();
        final long row = panel * (long) layout.nr();
        final long start = end.start(panel);
        arguments.set(LONG, PackerArguments.SOURCE_OFFSET, rows.offset() + row * rows.rowStride());
        arguments.set(LONG, PackerArguments.PANEL_OFFSET, start);
        function.call(arguments, source, source, data);
        if (arguments.get(INT, PackerArguments.REFUSED) != 0) {
            return false;
        }
        end.write(data, start, (int) row);
        return true;
    }
}
