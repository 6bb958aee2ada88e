package dev.tilesmith.runtime;

import dev.tilesmith.runtime.Weights.Nibbles;
import dev.tilesmith.runtime.Weights.Orientation;
import dev.tilesmith.spec.Format;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;

/**
 * Lays weights of four bits into panels, as {@link PanelLayout} says. The metadata of a panel's columns are, where a
 * channel has one scale, nr int32 sums of a column's values, nr f32 scales, nr f32 biases, or what {@link StaticMetadata} says; where blocks have scales, nr
 * f32 sums of {@code scale * Σ w} over the blocks in order, multiplied and then added, and nr f32 biases.
 *
 * <p>f32 weights are quantized here: the scale of a channel, or of a block, is its largest magnitude over 7, rounded to
 * the format of scales, or 1 where that is 0; values are divided by it, rounded to the nearest integer, halves to even,
 * and bounded to [-7, 7]. A value thus is off by half a scale at most, 1/14 of the largest magnitude, or 1/13.9 with
 * scales in BF16, unless that magnitude is subnormal.
 */
final class Int4RhsPacker {
    /** The longest sums: {@code 255 * 8 * k} fits an int32. */
    static final int MAX_K = Integer.MAX_VALUE / (255 * 8);

    /** The length of blocks of f32 weights for which none is asked. */
    static final int DEFAULT_BLOCK = 32;

    private static final ValueLayout.OfFloat FLOAT = ValueLayout.JAVA_FLOAT_UNALIGNED;
    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED;
    private static final ValueLayout.OfShort SHORT = ValueLayout.JAVA_SHORT_UNALIGNED;

    /** What leaves every float as it is when added: +0 would turn a -0 into +0. */
    private static final float NO_BIAS = -0f;

    private static final float LARGEST = 7f;
    /** What is added to values to store them unsigned. */
    static final int OFFSET = 8;

    private final Weights weights;
    private final PanelLayout layout;
    private final MemorySegment data;
    private final int k;
    private final int bl;
    private final int blocks;
    private final byte[] channel;
    private final float[] floats;
    private final byte[] panel;
    private final float[] scales;
    private final StaticMetadata fixed;

    private Int4RhsPacker(Weights weights, PanelLayout layout, int bl, MemorySegment data) {
        this.weights = weights;
        this.layout = layout;
        this.data = data;
        this.k = weights.k();
        this.bl = bl;
        this.blocks = layout.hasBlocks() ? k / bl : 1;
        final int padded =
                Math.toIntExact((k + PanelLayout.INT4_GROUP - 1L) / PanelLayout.INT4_GROUP) * PanelLayout.INT4_GROUP;
        this.channel = new byte[padded];
        this.floats = new float[weights.nibbles().isPresent() ? 0 : k];
        this.panel = new byte[Math.toIntExact(layout.panelBytes(k, bl))];
        this.scales = new float[layout.nr()];
        this.fixed = new StaticMetadata(weights, layout);
    }

    /**
     * Packs; the memory that is not written is zero already.
     *
     * @throws IllegalArgumentException if the weights are neither of four bits with scales nor finite f32 without, if
     *     scales or blocks are not what the layout has, or k is so large that a sum could overflow
     */
    static PackedRhs pack(Weights weights, PanelLayout layout, Arena arena) {
        if (layout.dst() == Format.QAI8) {
            StaticMetadata.checkForInt8(weights);
        } else {
            Int8RhsPacker.checkForDynamic(weights);
        }
        checkScales(weights, layout);
        final int k = weights.k();
        if (!layout.hasBlocks() && k > MAX_K) {
            throw new IllegalArgumentException("k: " + k + "; int4 sums of more than " + MAX_K
                    + " products could overflow 32 bits: split the product along k");
        }
        final int bl = blockLength(weights, layout);
        final MemorySegment data = arena.allocate(layout.bytes(weights.n(), k, bl), 64);
        final Int4RhsPacker packer = new Int4RhsPacker(weights, layout, bl, data);
        for (int index = 0; index < layout.panels(weights.n()); index++) {
            packer.pack(index);
        }
        return new PackedRhs(layout, weights.n(), k, bl, data);
    }

    private static int blockLength(Weights weights, PanelLayout layout) {
        if (!layout.hasBlocks()) {
            return weights.k();
        }
        final int bl = weights.blockLength() == 0 ? DEFAULT_BLOCK : weights.blockLength();
        Weights.checkBlocks(weights.k(), bl);
        return bl;
    }

    private static void checkScales(Weights weights, PanelLayout layout) {
        if (!layout.hasBlocks() && weights.blockLength() != 0) {
            throw new IllegalArgumentException("blockLength: " + weights.blockLength() + "; weights in "
                    + layout.format() + " have one scale for each channel: use withScales");
        }
        if (weights.nibbles().isEmpty()) {
            ElementKind.requireFloats("weights", weights.values());
            if (weights.scales().length != 0) {
                throw new IllegalArgumentException("scales: given for f32 weights; expected weights of four bits with"
                        + " scales (Weights.Nibbles), or f32 weights without");
            }
            return;
        }
        if (weights.n() != 0 && weights.k() != 0 && weights.scales().length == 0) {
            throw new IllegalArgumentException("scales: none; weights of four bits need "
                    + (layout.hasBlocks() ? "one for each block: use withBlockScales" : "some: use withScales"));
        }
        if (layout.hasBlocks() && weights.scales().length != 0 && weights.blockLength() == 0) {
            throw new IllegalArgumentException("scales: one for each channel; weights in " + layout.format()
                    + " have one for each block: use withBlockScales");
        }
        if (layout.hasBlocks() && layout.scales() == Format.BF16) {
            checkBf16(weights.scales());
        }
    }

    private static void checkBf16(float... scales) {
        for (int i = 0; i < scales.length; i++) {
            if (!Bf16.holds(scales[i])) {
                throw new IllegalArgumentException("scales: [" + i + "] is " + scales[i] + ", which BF16 does not have;"
                        + " round them, or declare the kernel with scales = F32");
            }
        }
    }

    private void pack(int index) {
        Arrays.fill(panel, (byte) 0);
        final MemorySegment to = MemorySegment.ofArray(panel);
        final int first = index * layout.nr();
        final int columns = Math.min(layout.nr(), weights.n() - first);
        final long metadata = layout.metadataOffset(k, bl);
        for (int j = 0; j < columns; j++) {
            packChannel(to, first + j, j, metadata);
        }
        if (layout.dst() == Format.QAI8) {
            fixed.write(to, metadata + layout.nr() * (long) Integer.BYTES, first, columns, scales);
        } else if (layout.bias()) {
            final long at = metadata + layout.metadataBytes() - layout.nr() * (long) Float.BYTES;
            for (int j = 0; j < layout.nr(); j++) {
                final boolean given = j < columns && weights.bias().length != 0;
                to.set(FLOAT, at + j * (long) Float.BYTES, given ? weights.bias()[first + j] : NO_BIAS);
            }
        }
        MemorySegment.copy(to, 0, data, index * (long) panel.length, panel.length);
    }

    private void packChannel(MemorySegment to, int from, int j, long metadata) {
        if (weights.nibbles().isPresent()) {
            readNibbles(weights.nibbles().get(), from);
        } else {
            readFloats(from);
        }
        float scaledSum = 0f;
        int sum = 0;
        float scale = 1f;
        for (int block = 0; block < blocks; block++) {
            final int start = block * bl;
            scale = weights.nibbles().isPresent() ? given(from, block) : quantize(start);
            final int blockSum = sum(start);
            sum += blockSum;
            scaledSum += scale * blockSum;
            final long at = block * (layout.hasBlocks() ? layout.blockBytes(bl) : 0);
            packBlock((int) at, start, j);
            if (layout.hasBlocks()) {
                packScale(to, at + layout.blockBytes(bl), j, scale);
            }
        }
        final long entry = metadata + j * (long) Integer.BYTES;
        if (layout.hasBlocks()) {
            to.set(FLOAT, entry, scaledSum);
        } else if (layout.dst() == Format.QAI8) {
            to.set(INT, entry, fixed.beginning(from, sum));
            scales[j] = scale;
        } else {
            to.set(INT, entry, sum);
            to.set(FLOAT, entry + layout.nr() * (long) Integer.BYTES, scale);
        }
    }

    private float given(int from, int block) {
        return weights.blockLength() == 0 ? weights.scale(from) : weights.scales()[from * blocks + block];
    }

    /** Reads a channel, as values from 0 to 15. */
    private void readNibbles(Nibbles nibbles, int from) {
        final Matrix values = weights.values();
        final boolean rows = weights.orientation() == Orientation.N_BY_K;
        for (int p = 0; p < k; p++) {
            final int row = rows ? from : p;
            final int column = rows ? p : from;
            final int bits =
                    byteAt(values, values.offset() + row * values.rowStride() + column / 2) >> (column % 2 * 4);
            channel[p] = (byte) (nibbles.value(bits & 15) + OFFSET);
        }
    }

    static int byteAt(Matrix values, long at) {
        return switch (values) {
            case Matrix.Bytes bytes -> bytes.data()[(int) at];
            case Matrix.Segment segment -> segment.data().get(ValueLayout.JAVA_BYTE, at);
            case Matrix.Floats _, Matrix.Ints _ -> throw ElementKind.notBytes("weights", values);
        };
    }

    private void readFloats(int from) {
        final Matrix values = weights.values();
        final boolean rows = weights.orientation() == Orientation.N_BY_K;
        for (int p = 0; p < k; p++) {
            final long at = values.offset() + (rows ? from : p) * values.rowStride() + (rows ? p : from);
            floats[p] = switch (values) {
                case Matrix.Floats given -> given.data()[(int) at];
                case Matrix.Segment segment -> segment.data().get(FLOAT, at * Float.BYTES);
                case Matrix.Bytes _, Matrix.Ints _ -> throw ElementKind.notFloats("weights", values);
            };
            if (!Float.isFinite(floats[p])) {
                throw new IllegalArgumentException("weights: channel " + from + " has " + floats[p] + " at k = " + p
                        + "; expected finite values to quantize");
            }
        }
    }

    /** Quantizes a block, to values from 1 to 15, and returns its scale. */
    private float quantize(int start) {
        float largest = 0f;
        for (int p = start; p < start + bl; p++) {
            largest = Math.max(largest, Math.abs(floats[p]));
        }
        final boolean rounded = layout.hasBlocks() && layout.scales() == Format.BF16;
        final float exact = rounded ? Bf16.toFloat(Bf16.round(largest / LARGEST)) : largest / LARGEST;
        final float scale = exact == 0f ? 1f : exact;
        for (int p = start; p < start + bl; p++) {
            channel[p] = (byte) (Math.clamp(Math.rint(floats[p] / scale), -LARGEST, LARGEST) + OFFSET);
        }
        return scale;
    }

    private int sum(int start) {
        int sum = 0;
        for (int p = start; p < start + bl; p++) {
            sum += channel[p] - OFFSET;
        }
        return sum;
    }

    /** Packs a column of a block; beyond the end of K the channel is 0. */
    private void packBlock(int at, int start, int j) {
        final int kr = layout.kr();
        final int end = layout.hasBlocks() ? start + bl : channel.length;
        int to = at + j * kr;
        for (int k0 = start; k0 < end; k0 += 2 * kr) {
            for (int i = 0; i < kr; i++) {
                panel[to + i] = (byte) (channel[k0 + i] | (channel[k0 + kr + i] << 4));
            }
            to += layout.nr() * kr;
        }
    }

    private void packScale(MemorySegment to, long blockEnd, int j, float scale) {
        final long at = blockEnd - (layout.nr() - j) * (long) layout.scaleBytes();
        if (layout.scales() == Format.BF16) {
            to.set(SHORT, at, Bf16.round(scale));
        } else {
            to.set(FLOAT, at, scale);
        }
    }
}
