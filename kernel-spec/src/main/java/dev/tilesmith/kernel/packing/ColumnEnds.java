package dev.tilesmith.kernel.packing;

import dev.tilesmith.kernel.layout.PanelLayout;
import dev.tilesmith.kernel.layout.PanelPart;
import dev.tilesmith.kernel.layout.PanelParts;
import dev.tilesmith.kernel.layout.ResultFormat;
import dev.tilesmith.runtime.Weights;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * Writes what the columns of a panel of weights with scales for channels have beside their values: the sums of the weights
 * and their scales, or what {@link StaticMetadata} says.
 */
final class ColumnEnds {
    private static final ValueLayout.OfFloat FLOAT = ValueLayout.JAVA_FLOAT_UNALIGNED;
    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED;

    private final int nr;
    private final ResultFormat result;
    private final PanelParts parts;
    private final StaticMetadata fixed;
    private final long valueBytes;

    ColumnEnds(Weights weights, PanelLayout layout) {
        this.nr = layout.nr();
        this.result = layout.result();
        this.parts = layout.parts(PanelPart.Place.METADATA);
        this.fixed = new StaticMetadata(weights, layout);
        this.valueBytes = layout.metadataOffset(weights.k());
    }

    /**
     * Writes.
     *
     * @param metadata the byte at which the panel's metadata begin, before which its values lie already
     * @param first the panel's first channel
     * @param columns channels of the panel
     * @param sums of the channels' values; those beyond are ignored
     * @param scales of nr channels; those beyond are of no effect
     */
    void write(MemorySegment to, long metadata, int first, int columns, int[] sums, float... scales) {
        switch (result) {
            case FLOATS, F16, BF16 -> {
                final long sumsAt = metadata + parts.offsetOf(PanelPart.WEIGHT_SUMS);
                for (int j = 0; j < nr; j++) {
                    to.set(INT, sumsAt + j * (long) Integer.BYTES, j < columns ? sums[j] : 0);
                }
                MemorySegment.copy(scales, 0, to, FLOAT, metadata + parts.offsetOf(PanelPart.SCALES), nr);
            }
            case SUMS -> writeBeginnings(to, metadata, first, columns, sums);
            case INT8 -> {
                writeBeginnings(to, metadata, first, columns, sums);
                fixed.write(to, metadata, first, columns, scales);
            }
        }
    }

    private void writeBeginnings(MemorySegment to, long metadata, int first, int columns, int... sums) {
        final long at = metadata + parts.offsetOf(PanelPart.BEGINNINGS);
        for (int j = 0; j < nr; j++) {
            final int beginning = j < columns ? fixed.beginning(first + j, j, sums[j], to, metadata - valueBytes) : 0;
            to.set(INT, at + j * (long) Integer.BYTES, beginning);
        }
    }
}
