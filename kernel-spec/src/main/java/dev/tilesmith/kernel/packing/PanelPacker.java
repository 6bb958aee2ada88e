package dev.tilesmith.kernel.packing;

import dev.tilesmith.kernel.layout.PanelLayout;
import dev.tilesmith.kernel.packed.PackedPanels;
import dev.tilesmith.runtime.Weights;
import java.lang.foreign.MemorySegment;

/**
 * Packs panels of weights of four bits, and of those in blocks, one after the other: reads a stretch of groups, brings
 * their values into the panel's order, sums them, and puts them into the panel. One thread's.
 */
final class PanelPacker {
    private final int n;
    private final int k;
    private final int bl;
    private final PanelLayout layout;
    private final MemorySegment data;
    private final GroupSource source;
    private final ValueGroups values;
    private final BlockScales scales;
    private final PanelStage stage;
    private final PanelSums sums;
    private final PanelEnd end;
    private final int groups;
    private final boolean sharesBytes;
    private final boolean hasBlocks;

    private PanelPacker(Weights weights, PanelLayout layout, int bl, GroupSource.OfFloats floats, MemorySegment data) {
        this.n = weights.n();
        this.k = weights.k();
        this.bl = bl;
        this.layout = layout;
        this.data = data;
        this.source = GroupSource.of(weights, layout, bl, floats);
        this.values = new ValueGroups(ValueGroups.STRETCH * layout.nr());
        this.scales = new BlockScales(layout, ValueGroups.STRETCH);
        this.stage = PanelStage.of(layout, ValueGroups.STRETCH);
        this.sums = PanelSums.of(weights, layout, bl);
        this.end = new PanelEnd(weights, layout, bl);
        this.groups = Math.ceilDiv(k, ValueGroups.values(layout));
        this.sharesBytes = layout.weights().stored().sharesBytes();
        this.hasBlocks = layout.hasBlocks();
    }

    /**
     * Packs all panels of weights that have been checked.
     *
     * @param bl values of a block; k where the layout has none
     * @param floats quantizes weights that are f32
     * @throws IllegalArgumentException if a value is not finite, or a scale or a minimum is not of the layout's format
     */
    static PackedPanels pack(
            Weights weights, PanelLayout layout, int bl, GroupSource.OfFloats floats, Packing packing) {
        final MemorySegment data = packing.allocate(weights, layout.bytes(weights.n(), weights.k(), bl));
        packing.runBlocks(weights, layout, data, (first, end) -> {
            final PanelPacker packer = new PanelPacker(weights, layout, bl, floats, data);
            for (int panel = first; panel < end; panel++) {
                packer.pack(panel);
            }
        });
        return new PackedPanels(layout, weights.n(), weights.k(), bl, data);
    }

    private void pack(int panel) {
        final int column = panel * layout.nr();
        final int columns = Math.min(layout.nr(), n - column);
        if (columns < layout.nr()) { // there is no column to overwrite what the panel before has left
            values.clear();
            scales.clear();
        }
        source.begin(column, columns, scales);
        sums.begin();
        final long start = end.start(panel);
        long at = start;
        end.clear(data, start, columns);
        for (int group = 0; group < groups; group += ValueGroups.STRETCH) {
            final int count = Math.min(ValueGroups.STRETCH, groups - group);
            source.read(group, count, values, scales);
            if (sharesBytes) {
                values.change(count * layout.nr(), source.apart(), layout.kr());
            }
            sums.add(values, count, scales);
            stage(group, count, column);
            at = stage.moveTo(data, at);
        }
        sums.write(data, at, column, columns, scales);
        end.write(data, start, column);
    }

    /** Puts a stretch together: blocks with their scales, or groups alone. */
    private void stage(int group, int count, int column) {
        final int groupsOfBlock = hasBlocks ? bl / ValueGroups.values(layout) : count;
        if (hasBlocks) {
            scales.moveTo(stage, count / groupsOfBlock, column, group / groupsOfBlock);
        }
        for (int block = 0; block < count; block += groupsOfBlock) {
            for (int i = block; i < block + groupsOfBlock; i++) {
                stage.addGroup(values, i * layout.nr());
            }
            if (hasBlocks) {
                stage.addScales();
            }
        }
    }
}
