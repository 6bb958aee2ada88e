package dev.tilesmith.kernel.packing;

import dev.tilesmith.kernel.layout.PanelLayout;
import dev.tilesmith.kernel.layout.PanelPart;
import dev.tilesmith.kernel.packed.PackedPanels;
import dev.tilesmith.runtime.Matrix;
import dev.tilesmith.runtime.PlainWeights;
import dev.tilesmith.runtime.Weights;
import dev.tilesmith.runtime.Weights.Codes;
import dev.tilesmith.runtime.Weights.Orientation;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Collections;

/**
 * Lays weights of two bits into panels, as {@link PanelLayout} says. The metadata of a panel's columns are nr int32 sums of
 * what a column's values stand for, nr f32 scales, nr f32 biases, and the table.
 */
final class TwoBitRhsPacker {

    /** Four bytes in this order, whatever the machine's: code shifts and looks up by bytes. */
    private static final ValueLayout.OfInt TABLE = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private static final int PER_BYTE = 4;
    private static final int BITS = 2;
    private static final int MASK = 3;

    private final PlainWeights weights;
    private final Codes codes;
    private final PanelLayout layout;
    private final MemorySegment data;
    private final MemorySegment bytes;
    private final int k;
    private final int smallest;
    private final ColumnEnds ends;
    private final int[] sums;
    private final float[] scales;
    private final byte[] channel;
    private final byte[] panel;

    private TwoBitRhsPacker(PlainWeights weights, Codes codes, PanelLayout layout, MemorySegment data) {
        this.weights = weights;
        this.codes = codes;
        this.layout = layout;
        this.data = data;
        this.bytes = RowBytes.segment(weights.values());
        this.k = weights.k();
        this.smallest = Collections.min(codes.table());
        final int group = PanelLayout.INT4_GROUP;
        this.ends = new ColumnEnds(weights, layout);
        this.sums = new int[layout.nr()];
        this.scales = new float[layout.nr()];
        this.channel = new byte[Math.ceilDiv(k, group) * group];
        this.panel = new byte[Math.toIntExact(layout.panelBytes(k))];
    }

    /**
     * Packs.
     *
     * @throws IllegalArgumentException if the weights are not of two bits with scales for channels
     */
    static PackedPanels pack(Weights weights, PanelLayout layout, Packing packing) {
        if (!(weights instanceof PlainWeights plain && plain.encoding() instanceof Codes codes)) {
            throw new IllegalArgumentException("weights: " + weights + "; expected two bits with scales for channels");
        }
        final MemorySegment data = packing.allocate(weights, layout.bytes(weights.n(), weights.k()));
        packing.run(layout.panels(weights.n()), (first, end) -> {
            final TwoBitRhsPacker packer = new TwoBitRhsPacker(plain, codes, layout, data);
            for (int index = first; index < end; index++) {
                packer.pack(index);
            }
        });
        return new PackedPanels(layout, weights.n(), weights.k(), data);
    }

    private void pack(int index) {
        Arrays.fill(panel, (byte) 0);
        final MemorySegment to = MemorySegment.ofArray(panel);
        final int nr = layout.nr();
        final int first = index * nr;
        final int columns = Math.min(nr, weights.n() - first);
        final long metadata = layout.metadataOffset(k);
        for (int j = 0; j < columns; j++) {
            sums[j] = read(first + j);
            packChannel(j);
        }
        GivenScales.copyOfChannels(weights.scales(), first, columns, scales);
        Arrays.fill(scales, columns, nr, 1f);
        ends.write(to, metadata, first, columns, sums, scales);
        new PanelEnd(weights, layout, k).write(to, 0, first);
        to.set(TABLE, metadata + layout.offsetOf(PanelPart.TABLE), unsignedTable());
        to.set(TABLE, metadata + layout.offsetOf(PanelPart.SMALLEST), smallest);
        MemorySegment.copy(to, 0, data, index * (long) panel.length, panel.length);
    }

    private int unsignedTable() {
        int bytes = 0;
        for (int code = 0; code < PER_BYTE; code++) {
            bytes |= (codes.table().get(code) - smallest) << (code * Byte.SIZE);
        }
        return bytes;
    }

    /** Reads the bits of a channel, beyond k those of the smallest value, and returns the sum of what they stand for. */
    private int read(int from) {
        final Matrix values = weights.values();
        final boolean rows = weights.orientation() == Orientation.N_BY_K;
        int sum = 0;
        for (int p = 0; p < k; p++) {
            final int column = rows ? p : from;
            final long at = values.offset() + (rows ? from : p) * values.rowStride() + column / PER_BYTE;
            final int code = bytes.get(ValueLayout.JAVA_BYTE, at) >> (column % PER_BYTE * BITS) & MASK;
            channel[p] = (byte) code;
            sum += codes.table().get(code);
        }
        Arrays.fill(channel, k, channel.length, (byte) codes.table().indexOf(smallest));
        return sum;
    }

    private void packChannel(int j) {
        final int kr = layout.kr();
        int to = j * kr;
        for (int k0 = 0; k0 < channel.length; k0 += PER_BYTE * kr) {
            for (int i = 0; i < kr; i++) {
                int bits = 0;
                for (int part = 0; part < PER_BYTE; part++) {
                    bits |= channel[k0 + part * kr + i] << (part * BITS);
                }
                panel[to + i] = (byte) bits;
            }
            to += layout.nr() * kr;
        }
    }
}
