package dev.tilesmith.kernel.packing;

import dev.tilesmith.kernel.layout.PanelLayout;
import dev.tilesmith.runtime.Weights;
import dev.tilesmith.spec.Format;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;

/** nr int32 sums of a channel's values, and nr f32 scales; or what {@link StaticMetadata} says. */
final class ChannelSums implements PanelSums {
    private static final ValueLayout.OfFloat FLOAT = ValueLayout.JAVA_FLOAT_UNALIGNED;
    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED;

    private final int nr;
    private final boolean isStatic;
    private final int ofZero;
    private final StaticMetadata fixed;
    private final long valueBytes;
    private final int[] sums;
    private final int[] columnSums;

    ChannelSums(Weights weights, PanelLayout layout) {
        this.nr = layout.nr();
        this.isStatic = layout.dst() == Format.QAI8;
        this.ofZero = weights.k() * Int4RhsPacker.OFFSET;
        this.valueBytes = layout.metadataOffset(weights.k());
        this.fixed = new StaticMetadata(weights, layout);
        this.sums = new int[GroupSource.STRETCH * nr];
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
    public void write(MemorySegment to, long at, int column, int columns, BlockScales scales) {
        for (int j = 0; j < nr; j++) {
            final int sum = columnSums[j] - ofZero;
            to.set(
                    INT,
                    at + j * (long) Integer.BYTES,
                    j >= columns ? 0 : isStatic ? beginning(column, j, sum, to, at) : sum);
        }
        final long next = at + nr * (long) Integer.BYTES;
        if (isStatic) {
            fixed.write(to, next, column, columns, scales.scales());
        } else {
            MemorySegment.copy(scales.scales(), 0, to, FLOAT, next, nr);
        }
    }

    /** The panel begins so much before its metadata. */
    private int beginning(int first, int j, int sum, MemorySegment to, long at) {
        return fixed.beginning(first + j, j, sum, to, at - valueBytes);
    }
}
