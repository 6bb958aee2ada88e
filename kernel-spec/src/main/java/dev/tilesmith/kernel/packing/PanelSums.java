package dev.tilesmith.kernel.packing;

import dev.tilesmith.kernel.layout.PanelLayout;
import dev.tilesmith.runtime.Weights;
import java.lang.foreign.MemorySegment;

/** What of the weights of a panel's columns is summed, stretch by stretch, and written after their values. */
sealed interface PanelSums permits NoSums, ChannelSums, BlockSums {
    /** The sums of panels of such a layout. */
    static PanelSums of(Weights weights, PanelLayout layout, int bl) {
        return switch (layout.weights().scaling()) {
            case NONE, PAIRED_BLOCKS, PAIRED_BLOCKS_WITH_MINIMA -> new NoSums();
            case CHANNELS -> new ChannelSums(weights, layout);
            case BLOCKS -> new BlockSums(layout, bl);
        };
    }

    /** Begins with a panel. */
    void begin();

    /** Adds a stretch of {@code groups} groups. */
    void add(ValueGroups values, int groups, BlockScales scales);

    /**
     * Writes what belongs to the columns from {@code column} on, {@code columns} of them, to the panel's metadata, which
     * begin at byte {@code metadata}.
     */
    void write(MemorySegment to, long metadata, int column, int columns, BlockScales scales);
}
