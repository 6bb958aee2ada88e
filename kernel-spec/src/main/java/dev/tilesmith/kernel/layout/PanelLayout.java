package dev.tilesmith.kernel.layout;

import dev.tilesmith.size.Sizes;
import dev.tilesmith.spec.Format;
import java.util.List;

/**
 * How one family's packed weights lie: {@code ceil(n/nr)} panels, each {@code [ceil(k/kr)][nr][kr]} values, followed by
 * the panel's metadata: the {@link PanelPart parts} that belong to its columns. Columns and K beyond the end are zero. What
 * parts there are follows from what the {@link WeightsFormat weights} are and what becomes of {@link ResultFormat sums}.
 *
 * <p>Weights of four bits lie in blocks along K: {@code bl} values where each block has scales, else all K, rounded up
 * to {@value #INT4_GROUP}. A block is {@code [bl/(2 kr)][nr][kr]} bytes, and then, where blocks have scales, one for each
 * of nr columns. Byte i of a column's group at k0 holds {@code w[k0 + i] + 8} in its low bits and {@code w[k0 + kr + i] +
 * 8} in its high ones. Beyond the end all bits are zero: such a value adds nothing, whatever it is multiplied with.
 *
 * <p>Weights of two bits lie in the same way, four to a byte: a panel is {@code [k/(4 kr)][nr][kr]} bytes, with K rounded up
 * to {@value #INT4_GROUP}. Byte i of a column's group at k0 holds what stands for {@code w[k0 + i]} in its lowest bits, and
 * above that what stands for {@code w[k0 + kr + i]}, {@code w[k0 + 2 kr + i]} and {@code w[k0 + 3 kr + i]}. What the bits
 * stand for is at the end of the metadata, {@value #TABLE_BYTES} bytes: the four values of the table, less the smallest,
 * as unsigned bytes; and that smallest value, an int32. Beyond the end of K lies what stands for the smallest: it adds
 * nothing, whatever it is multiplied with.
 *
 * <p>Where the left operand has blocks with scales of its own, {@code QSI8D32}, blocks are of {@value #INT4_GROUP} values,
 * and their scales are F16. {@code QAI4C32} is stored as its values are, from 0 to 15, and after nr scales come nr minima;
 * {@code QSI8D32} as signed bytes, {@code [32/kr][nr][kr]}.
 *
 * <p>Weights of 16 bits that are multiplied as they are lie in pairs along K, kr being 2, or in two pairs, kr being 4; panels have zeros up to
 * a whole 32 values.
 *
 * <p>Two families whose layouts are equal share packed weights.
 *
 * @param format format of the weights
 * @param nr columns of a panel
 * @param kr values along K that lie together
 * @param bias whether a bias may be packed; as f32s it is the end of the metadata, as int32s it is part of what sums begin
 *     with
 * @param dst format of the result that the metadata serve
 * @param lhsOffset what a kernel adds to each value of a static left operand, for instructions that take it unsigned;
 *     the metadata take it off again
 * @param scales format of the scales of blocks, where there are any: BF16 or F32; F16 where the left operand has blocks too
 */
public record PanelLayout(Format format, int nr, int kr, boolean bias, Format dst, int lhsOffset, Format scales) {
    private static final int LINE = 64;

    /** Bytes of the table of weights of two bits. */
    public static final int TABLE_BYTES = 2 * Integer.BYTES;

    /** Weights of four bits, or of two, are computed so many values along K at a time; blocks are multiples of it. */
    public static final int INT4_GROUP = StoredValues.GROUP;

    /**
     * Checks that a panel has columns, and that there are weights, scales and results of these formats.
     *
     * @throws IllegalArgumentException if not
     */
    public PanelLayout {
        if (nr < 1 || kr < 1) {
            throw new IllegalArgumentException("nr x kr: " + nr + " x " + kr + "; expected 1 or more of both");
        }
        WeightsFormat.of(format, scales);
        ResultFormat.of(dst);
    }

    /** A layout for results in f32. */
    public PanelLayout(Format format, int nr, int kr, boolean bias) {
        this(format, nr, kr, bias, Format.F32, 0, Format.F32);
    }

    /** A layout for results in f32, of weights that have a scale for each block. */
    public PanelLayout(Format format, int nr, int kr, boolean bias, Format scales) {
        this(format, nr, kr, bias, Format.F32, 0, scales);
    }

    /** A layout for a left operand that is quantized beforehand. */
    public PanelLayout(Format format, int nr, int kr, boolean bias, Format dst, int lhsOffset) {
        this(format, nr, kr, bias, dst, lhsOffset, Format.F32);
    }

    /** What the weights are. */
    public WeightsFormat weights() {
        return WeightsFormat.of(format, scales);
    }

    /** What becomes of sums. */
    public ResultFormat result() {
        return ResultFormat.of(dst);
    }

    /** What the scales of blocks are, where there are any. */
    public ScaleFormat scaleFormat() {
        return ScaleFormat.of(scales);
    }

    /** Whether a panel has a part. */
    public boolean has(PanelPart part) {
        return parts(part.place()).parts().contains(part);
    }

    /** What lies in a place. */
    public PanelParts parts(PanelPart.Place place) {
        final List<PanelPart> parts =
                switch (place) {
                    case BLOCK -> List.of(PanelPart.VALUES);
                    case BLOCK_END -> weights().scaling().ofBlocks();
                    case METADATA -> result().parts(weights(), bias);
                };
        return new PanelParts(nr, scaleFormat().bytes(), parts);
    }

    /**
     * Bytes to a part from where its place begins: of values a block, or a panel without blocks; of scales and minima what is
     * after the values of a block; of all else the metadata.
     *
     * @throws IllegalArgumentException if a panel has no such part
     */
    public long offsetOf(PanelPart part) {
        return parts(part.place()).offsetOf(part);
    }

    /** Bytes of all that is after the values of a block: a scale for each column, and a minimum where there are any. */
    public long blockEndBytes() {
        return parts(PanelPart.Place.BLOCK_END).bytes();
    }

    /** Whether values of 16 bits are multiplied in pairs, as they are: else they are widened. */
    public boolean pairsHalves() {
        return weights().stored() == StoredValues.HALVES && kr > 1;
    }

    /** Whether weights have a scale for each block along K. */
    public boolean hasBlocks() {
        return weights().scaling().hasBlocks();
    }

    /** Whether they have, and the left operand has scales for the same blocks. */
    public boolean pairsBlocks() {
        return weights().scaling().isPaired();
    }

    /** Whether a block has a minimum besides its scale. */
    public boolean hasMins() {
        return weights().scaling().hasMinima();
    }

    /** Whether weights have two bits, which choose from a table. */
    public boolean hasTable() {
        return has(PanelPart.TABLE);
    }

    /** Values of a row of the left operand in Java, where a step takes all that a byte of weights holds: zeros after k of them. */
    public int rowLength(int k) {
        return Sizes.arrayLength("k: " + k, Sizes.roundUp(k, weights().stored().perByte()));
    }

    /**
     * Bytes of one panel, a multiple of 64; where narrow panels have tables, of less, that these may be small.
     *
     * @param k length of the sums
     * @param bl values of a block; k where weights have none
     */
    public long panelBytes(int k, int bl) {
        final int multiple = hasTable() ? Math.clamp(Long.highestOneBit(2L * nr), TABLE_BYTES, LINE) : LINE;
        return Sizes.roundUp(Sizes.plus(metadataOffset(k, bl), metadataBytes()), multiple);
    }

    /** Bytes of one panel of weights without blocks, a multiple of 64. */
    public long panelBytes(int k) {
        return panelBytes(k, k);
    }

    /**
     * Bytes of all panels.
     *
     * @throws IllegalArgumentException if n or k is negative, or these are more than a long can count
     */
    public long bytes(int n, int k, int bl) {
        if (n < 0 || k < 0) {
            throw new IllegalArgumentException("n x k: " + n + " x " + k + "; neither may be negative");
        }
        final long bytes = Sizes.times(panelBytes(k, bl), panels(n));
        if (bytes == Sizes.TOO_MANY) {
            throw new IllegalArgumentException(
                    "n x k: " + n + " x " + k + " in " + this + " take " + Sizes.show(bytes) + " bytes");
        }
        return bytes;
    }

    /** Bytes of all panels of weights without blocks. */
    public long bytes(int n, int k) {
        return bytes(n, k, k);
    }

    /** Number of panels for n columns. */
    public int panels(int n) {
        return Math.ceilDiv(n, nr);
    }

    /** Bytes from the start of a panel to its metadata: its values, and the scales of its blocks. */
    public long metadataOffset(int k, int bl) {
        return hasBlocks() ? Sizes.times(blocks(k, bl), blockBytes(bl)) : valueBytes(k);
    }

    private static int blocks(int k, int bl) {
        if (bl < 1) {
            throw new IllegalArgumentException("bl: " + bl + "; expected 1 value or more to a block");
        }
        return k / bl;
    }

    /** Bytes from the start of a panel to its metadata, where weights have no blocks. */
    public long metadataOffset(int k) {
        return metadataOffset(k, k);
    }

    /** Bytes of a block of {@code bl} values along K: the values, then a scale for each column. */
    public long blockBytes(int bl) {
        return valueBytes(bl) + blockEndBytes();
    }

    /**
     * Bytes of a panel as it is decoded: weights of four bits or two as bytes, {@code [k/kr][nr][kr]}, those of eight not at all; after
     * those of a block, as f32s, the scales of each two columns twice, as the lanes of sums of two rows and two columns are,
     * then the minima.
     */
    public long decodedBytes(int k, int bl) {
        final long values = weights().stored().sharesBytes() ? Sizes.times(Sizes.roundUp(k, INT4_GROUP), nr) : 0;
        final long ofBlock =
                2L * Float.BYTES * nr * parts(PanelPart.Place.BLOCK_END).parts().size();
        return hasBlocks() ? Sizes.plus(values, Sizes.times(blocks(k, bl), ofBlock)) : values;
    }

    /** Values along K that a kernel's step takes of a panel. */
    int step() {
        return hasBlocks() ? INT4_GROUP : weights().stored().step(kr);
    }

    /** Bytes of a panel that a kernel's step along K takes, of the scales of blocks its part, rounded up. */
    public long stepBytes(int k, int bl) {
        return k == 0 ? 0 : Math.ceilDiv(metadataOffset(k, bl), Math.ceilDiv(k, step()));
    }

    /** Bytes of {@code k} values along K of nr columns. */
    private long valueBytes(int k) {
        final StoredValues stored = weights().stored();
        return stored.bytes(Sizes.times(Sizes.roundUp(k, stored.step(kr)), nr));
    }

    /** Bytes of what a panel has after all blocks, or all values. */
    public long metadataBytes() {
        return parts(PanelPart.Place.METADATA).bytes();
    }

    @Override
    public String toString() {
        final String lhs = lhsOffset == 0 ? "" : "+" + lhsOffset;
        return format.code() + "p" + nr + "x" + kr + (bias ? "b" : "") + (dst == Format.F32 ? "" : dst.code() + lhs)
                + (hasBlocks() ? "s" + scales.code() : "");
    }
}
