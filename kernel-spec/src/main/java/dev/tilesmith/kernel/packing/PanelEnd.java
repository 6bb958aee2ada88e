package dev.tilesmith.kernel.packing;

import dev.tilesmith.kernel.layout.PanelLayout;
import dev.tilesmith.kernel.layout.PanelPart;
import dev.tilesmith.runtime.Weights;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.OptionalLong;

/** Where panels begin, and what ends them: the f32 biases of its columns, where a kernel has them, and zeros up to the next panel. */
final class PanelEnd {
    private static final ValueLayout.OfFloat FLOAT = ValueLayout.JAVA_FLOAT_UNALIGNED;

    /** What leaves every float as it is when added: +0 would turn a -0 into +0. */
    private static final float NONE = -0f;

    /** What sums begin with that have no bias to begin with. */
    private static final float NO_BEGINNING = 0f;

    private final int n;
    private final float[] bias;
    private final PanelLayout layout;
    private final OptionalLong biases;
    private final float none;
    private final long end;
    private final long panelBytes;

    /**
     * The ends of the panels of {@code weights}.
     *
     * @param bl values of a block; k where weights have none
     */
    PanelEnd(Weights weights, PanelLayout layout, int bl) {
        this.n = weights.n();
        this.bias = weights.ends().bias();
        this.layout = layout;
        final long metadata = layout.metadataOffset(weights.k(), bl);
        this.biases = layout.has(PanelPart.BIASES)
                ? OptionalLong.of(metadata + layout.offsetOf(PanelPart.BIASES))
                : OptionalLong.empty();
        this.none = layout.pairsHalves() ? NO_BEGINNING : NONE;
        this.end = metadata + layout.metadataBytes();
        this.panelBytes = layout.panelBytes(weights.k(), bl);
    }

    /** The byte at which a panel begins. */
    long start(int panel) {
        return panel * panelBytes;
    }

    /**
     * Clears the panel that begins at byte {@code start} if it has fewer than nr columns: an arena's memory may hold anything,
     * and what packers leave out goes into files.
     */
    void clear(MemorySegment to, long start, int columns) {
        if (columns < layout.nr()) {
            to.asSlice(start, panelBytes).fill((byte) 0);
        }
    }

    /** Writes the end of the panel that begins at byte {@code start}, with the column {@code column}. */
    void write(MemorySegment to, long start, int column) {
        if (biases.isPresent()) {
            writeBiases(to, start + biases.getAsLong(), column);
        }
        to.asSlice(start + end, panelBytes - end).fill((byte) 0);
    }

    /** Those of columns beyond the last are of no effect. */
    private void writeBiases(MemorySegment to, long at, int column) {
        for (int j = 0; j < layout.nr(); j++) {
            final boolean given = bias.length != 0 && column + j < n;
            to.set(FLOAT, at + j * (long) Float.BYTES, given ? bias[column + j] : none);
        }
    }
}
