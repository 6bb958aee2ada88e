package dev.tilesmith.runtime;

import dev.tilesmith.spec.Format;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;

/**
 * Packs panels of weights of four bits, one after the other: reads a stretch of groups, brings their values into the
 * panel's order, sums them, and puts them into the panel. One thread's.
 */
final class Int4PanelPacker {
    private static final ValueLayout.OfFloat FLOAT = ValueLayout.JAVA_FLOAT_UNALIGNED;
    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED;

    private final Weights weights;
    private final PanelLayout layout;
    private final MemorySegment data;
    private final Int4Source source;
    private final PanelStage stage;
    private final PanelEnd end;
    private final ScaleFormat format;
    private final int nr;
    private final int k;
    private final int groups;
    private final int groupsOfBlock;
    private final NibbleGroups values;
    private final int[] sums;
    private final float[] scales;
    private final short[] shortScales;
    private final float[] products;
    private final float[] scaledSums;
    private final int[] columnSums;

    Int4PanelPacker(Weights weights, PanelLayout layout, int bl, MemorySegment data) {
        this.weights = weights;
        this.layout = layout;
        this.data = data;
        this.source = Int4Source.of(weights, layout, bl);
        this.nr = layout.nr();
        this.k = weights.k();
        this.groups = Math.ceilDiv(k, NibbleGroups.VALUES);
        this.groupsOfBlock = layout.hasBlocks() ? bl / NibbleGroups.VALUES : 1;
        this.format = ScaleFormat.of(layout);
        this.end = new PanelEnd(weights, layout, bl);
        this.stage = PanelStage.of(layout, Int4Source.STRETCH);
        final int length = Int4Source.STRETCH * nr;
        this.values = new NibbleGroups(length);
        this.sums = new int[length];
        this.scales = new float[length];
        this.shortScales = new short[length * layout.scaleBytes() / Short.BYTES];
        this.products = new float[length];
        this.scaledSums = new float[nr];
        this.columnSums = new int[nr];
    }

    void pack(int panel) {
        final int column = panel * nr;
        final int columns = Math.min(nr, weights.n() - column);
        if (columns < nr) { // there is no column to overwrite what the panel before has left
            values.clear();
            Arrays.fill(scales, 0f);
        }
        Arrays.fill(scaledSums, 0f);
        Arrays.fill(columnSums, 0);
        source.begin(column, columns);
        final long start = panel * layout.panelBytes(k, groupsOfBlock * NibbleGroups.VALUES);
        long at = start;
        for (int group = 0; group < groups; group += Int4Source.STRETCH) {
            final int count = Math.min(Int4Source.STRETCH, groups - group);
            source.read(group, count, values, scales);
            values.change(count * nr, source.apart(), layout.kr());
            values.sum(count * nr, sums);
            if (layout.hasBlocks()) {
                addBlocks(count, column);
            } else {
                addGroups(count);
            }
            at = stage.moveTo(data, at);
        }
        writeMetadata(at, column, columns);
        end.write(data, start, column);
    }

    private void addGroups(int count) {
        for (int i = 0; i < count; i++) {
            for (int j = 0; j < nr; j++) {
                columnSums[j] += sums[i * nr + j];
            }
            stage.addGroup(values, i * nr);
        }
    }

    private void addBlocks(int count, int column) {
        final int blocks = count / groupsOfBlock;
        switch (format) {
            case BF16 -> {
                shortenScales(blocks * nr, column);
                stage.setScales(shortScales, blocks * nr);
            }
            case F16 -> {
                halveScales(blocks, column);
                stage.setScales(shortScales, blocks * nr * layout.scaleBytes() / Short.BYTES);
            }
            case F32 -> stage.setScales(scales, blocks * nr);
        }
        for (int b = 0; b < blocks; b++) {
            for (int i = b * groupsOfBlock; i < (b + 1) * groupsOfBlock; i++) {
                stage.addGroup(values, i * nr);
            }
            stage.addScales();
        }
        if (!layout.pairsBlocks()) {
            addSums(blocks);
        }
    }

    /** Adds {@code scale * Σ w} of each block, multiplied and then added, block after block. */
    private void addSums(int blocks) {
        for (int b = 0; b < blocks && groupsOfBlock > 1; b++) {
            sumGroups(b);
        }
        final int zero = groupsOfBlock * NibbleGroups.VALUES * Int4RhsPacker.OFFSET;
        for (int i = 0; i < blocks * nr; i++) {
            products[i] = scales[i] * (sums[i] - zero);
        }
        for (int j = 0; j < nr; j++) {
            float sum = scaledSums[j];
            for (int i = j; i < blocks * nr; i += nr) {
                sum += products[i];
            }
            scaledSums[j] = sum;
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

    /** Rounds nothing: what BF16 does not have is refused. */
    private void shortenScales(int count, int column) {
        int lost = 0;
        for (int i = 0; i < count; i++) {
            final int bits = Float.floatToRawIntBits(scales[i]);
            lost |= bits << Short.SIZE;
            shortScales[i] = (short) (bits >>> Short.SIZE);
        }
        if (lost != 0) {
            checkScales(count, column);
        }
    }

    /** Scales, and after those of each block its minima, which are values of binary16 already. */
    private void halveScales(int blocks, int column) {
        final float[] mins = source.mins();
        final int width = mins.length == 0 ? nr : 2 * nr;
        float nothing = 0f;
        for (int b = 0; b < blocks; b++) {
            nothing += halve(scales, b * nr, b * width);
            nothing += mins.length == 0 ? 0f : halve(mins, b * nr, b * width + nr);
        }
        if (nothing != 0f) {
            checkFinite(scales, blocks * nr, column);
            checkFinite(mins, Math.min(mins.length, blocks * nr), column);
        }
    }

    /** Converts a value for each column, and returns 0, or NaN where one is not finite. */
    private float halve(float[] values, int from, int to) {
        float nothing = 0f;
        for (int j = 0; j < nr; j++) {
            shortScales[to + j] = Float.floatToFloat16(values[from + j]);
            nothing += 0f * values[from + j]; // NaN of what is not finite
        }
        return nothing;
    }

    private void checkFinite(float[] values, int count, int column) {
        for (int i = 0; i < count; i++) {
            if (!Float.isFinite(values[i])) {
                throw new IllegalArgumentException("weights: channel " + (column + i % nr)
                        + " has a block whose scale or minimum is " + values[i] + "; expected finite ones");
            }
        }
    }

    private void checkScales(int count, int column) {
        for (int i = 0; i < count; i++) {
            if (!format.holds(scales[i])) {
                throw new IllegalArgumentException(
                        "scales: channel " + (column + i % nr) + " has " + scales[i] + ", " + format.advice());
            }
        }
    }

    private void writeMetadata(long at, int column, int columns) {
        if (layout.dst() == Format.QAI8) {
            writeStatic(at, column, columns);
            return;
        }
        for (int j = 0; j < nr; j++) {
            final long entry = at + j * (long) Integer.BYTES;
            if (layout.pairsBlocks()) {
                break; // these have biases alone
            } else if (layout.hasBlocks()) {
                data.set(FLOAT, entry, scaledSums[j]);
            } else {
                data.set(INT, entry, j < columns ? columnSums[j] - Int4RhsPacker.OFFSET * k : 0);
                data.set(FLOAT, entry + nr * (long) Integer.BYTES, j < columns ? channelScale(column, j) : 0f);
            }
        }
    }

    /** What sums begin with, multipliers and zero points. */
    private void writeStatic(long at, int column, int columns) {
        final StaticMetadata fixed = new StaticMetadata(weights, layout);
        final float[] channelScales = new float[nr];
        for (int j = 0; j < nr; j++) {
            final boolean given = j < columns;
            channelScales[j] = given ? channelScale(column, j) : 0f;
            final int sum = columnSums[j] - Int4RhsPacker.OFFSET * k;
            data.set(INT, at + j * (long) Integer.BYTES, given ? fixed.beginning(column + j, sum) : 0);
        }
        fixed.write(data, at + nr * (long) Integer.BYTES, column, columns, channelScales);
    }

    private float channelScale(int column, int j) {
        if (source instanceof QuantizedFloats floats) {
            return floats.channelScale(j);
        }
        return weights.scales().length == 0 ? 1f : weights.scale(column + j);
    }
}
