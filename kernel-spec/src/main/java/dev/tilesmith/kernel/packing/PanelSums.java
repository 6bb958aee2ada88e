package dev.tilesmith.kernel.packing;

import dev.tilesmith.kernel.layout.PanelLayout;
import dev.tilesmith.runtime.Weights;
import java.lang.foreign.MemorySegment;

/** What of the weights of a panel's columns is summed, stretch by stretch, and written after their values. */
sealed interface PanelSums permits NoSums, ChannelSums, BlockSums {
    /** The sums of panels of such a layout. */
    static PanelSums of(Weights weights, PanelLayout layout, int bl) {
        if (layout.pairsBlocks()) {
            return new NoSums();
        }
        return layout.hasBlocks() ? new BlockSums(layout.nr(), bl) : new ChannelSums(weights, layout);
    }

    /** Begins with a panel. */
    void begin();

    /** Adds a stretch of {@code groups} groups. */
    void add(ValueGroups values, int groups, BlockScales scales);

    /**
     * Writes what belongs to the columns from {@code column} on, {@code columns} of them, to the panel's metadata at byte
     * {@code at}.
     */
    void write(MemorySegment to, long at, int column, int columns, BlockScales scales);
}
