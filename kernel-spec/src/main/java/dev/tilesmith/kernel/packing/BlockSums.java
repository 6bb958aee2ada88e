package dev.tilesmith.kernel.packing;

import dev.tilesmith.kernel.layout.PanelLayout;
import dev.tilesmith.kernel.layout.PanelPart;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;

/** nr f32 sums of {@code scale * Σ w} of each block, multiplied and then added, block after block. */
final class BlockSums implements PanelSums {
    private static final ValueLayout.OfFloat FLOAT = ValueLayout.JAVA_FLOAT_UNALIGNED;

    private final int nr;
    private final long at;
    private final int groupsOfBlock;
    private final int ofZero;
    private final int[] sums;
    private final float[] products;
    private final float[] scaledSums;

    BlockSums(PanelLayout layout, int bl) {
        this.nr = layout.nr();
        this.at = layout.offsetOf(PanelPart.WEIGHT_SUMS);
        this.groupsOfBlock = bl / PanelLayout.INT4_GROUP;
        this.ofZero = bl * layout.weights().added();
        this.sums = new int[ValueGroups.STRETCH * nr];
        this.products = new float[ValueGroups.STRETCH * nr];
        this.scaledSums = new float[nr];
    }

    @Override
    public void begin() {
        Arrays.fill(scaledSums, 0f);
    }

    @Override
    public void add(ValueGroups values, int groups, BlockScales scales) {
        values.sum(groups * nr, sums);
        final int blocks = groups / groupsOfBlock;
        for (int b = 0; b < blocks && groupsOfBlock > 1; b++) {
            sumGroups(b);
        }
        multiply(blocks * nr, scales.scales());
        for (int j = 0; j < nr; j++) {
            float sum = scaledSums[j];
            for (int i = j; i < blocks * nr; i += nr) {
                sum += products[i];
            }
            scaledSums[j] = sum;
        }
    }

    private void multiply(int count, float[] scales) {
        for (int i = 0; i < count; i++) {
            products[i] = scales[i] * (sums[i] - ofZero);
        }
    }

    /** Sums the groups of a block, to where its scales are. */
    private void sumGroups(int block) {
        final int from = block * groupsOfBlock * nr;
        for (int j = 0; j < nr; j++) {
            int sum = 0;
            for (int i = 0; i < groupsOfBlock; i++) {
                sum += sums[from + i * nr + j];
            }
            sums[block * nr + j] = sum;
        }
    }

    @Override
    public void write(MemorySegment to, long metadata, int column, int columns, BlockScales scales) {
        MemorySegment.copy(scaledSums, 0, to, FLOAT, metadata + at, nr);
    }
}
