package dev.tilesmith.kernel.packing;

import dev.tilesmith.kernel.layout.PanelLayout;
import dev.tilesmith.runtime.Weights;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/** The sum of each channel's values, for {@link ColumnEnds}. */
final class ChannelSums implements PanelSums {
    private final int nr;
    private final int ofZero;
    private final ColumnEnds ends;
    private final int[] sums;
    private final int[] columnSums;

    ChannelSums(Weights weights, PanelLayout layout) {
        this.nr = layout.nr();
        this.ofZero = weights.k() * layout.weights().added();
        this.ends = new ColumnEnds(weights, layout);
        this.sums = new int[ValueGroups.STRETCH * nr];
        this.columnSums = new int[nr];
    }

    @Override
    public void begin() {
        Arrays.fill(columnSums, 0);
    }

    @Override
    public void add(ValueGroups values, int groups, BlockScales scales) {
        values.sum(groups * nr, sums);
        for (int i = 0; i < groups; i++) {
            for (int j = 0; j < nr; j++) {
                columnSums[j] += sums[i * nr + j];
            }
        }
    }

    @Override
    public void write(MemorySegment to, long metadata, int column, int columns, BlockScales scales) {
        for (int j = 0; j < nr; j++) {
            columnSums[j] -= ofZero;
        }
        ends.write(to, metadata, column, columns, columnSums, scales.scales());
    }
}
