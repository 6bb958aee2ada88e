package dev.tilesmith.kernel.layout;

import dev.tilesmith.size.Sizes;
import dev.tilesmith.spec.Format;
import java.util.List;

/**
 * How one family's packed weights lie: {@code ceil(n/nr)} panels, each {@code [ceil(k/kr)][nr][kr]} values, followed by
 * the panel's metadata. Columns and K beyond the end are zero.
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
    public static final int TABLE_BYTES = 4 + Integer.BYTES;

    /** Weights of four bits, or of two, are computed so many values along K at a time; blocks are multiples of it. */
    public static final int INT4_GROUP = 32;

    /** Checks that a panel has columns, and that scales have a format that kernels read. */
    public PanelLayout {
        if (nr < 1 || kr < 1) {
            throw new IllegalArgumentException("nr x kr: " + nr + " x " + kr + "; expected 1 or more of both");
        }
        final List<Format> readable =
                switch (format) {
                    case QSI4C32 -> List.of(Format.BF16, Format.F32, Format.F16);
                    case QAI4C32, QSI8D32 -> List.of(Format.F16);
                    default -> List.of(Format.BF16, Format.F32);
                };
        if (!readable.contains(scales)) {
            throw new IllegalArgumentException("scales: " + scales + "; expected one of " + readable);
        }
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

    /** Whether weights have a scale for each block along K. */
    public boolean hasBlocks() {
        return switch (format) {
            case QSI4C32, QAI4C32, QSI8D32 -> true;
            default -> false;
        };
    }

    /** Whether they have, and the left operand has scales for the same blocks. */
    public boolean pairsBlocks() {
        return hasBlocks() && scales == Format.F16;
    }

    /** Whether a block has a minimum besides its scale. */
    public boolean hasMins() {
        return format == Format.QAI4C32;
    }

    /** Whether weights have four bits. */
    public boolean isInt4() {
        return format == Format.QSI4C32 || format == Format.QSI4CX || format == Format.QAI4C32;
    }

    /** Whether weights have two bits, which choose from a table. */
    public boolean hasTable() {
        return format == Format.QSU2CX;
    }

    /** Whether weights lie several to a byte, unsigned: what that adds is taken off by what the sums of a row begin with. */
    boolean isUnsigned() {
        return isInt4() || hasTable();
    }

    /** Values of a row of the left operand in Java, where a step takes all that a byte of weights holds: zeros after k of them. */
    public int rowLength(int k) {
        return Sizes.arrayLength("k: " + k, Sizes.roundUp(k, Math.max(1, Byte.SIZE / bits())));
    }

    /** Bytes from the metadata of a panel to its biases: these are the last of what each column has. */
    public long biasOffset() {
        return metadataBytes() - (hasTable() ? TABLE_BYTES : 0) - (long) nr * Float.BYTES;
    }

    /** Bytes from the metadata of a panel to the table of weights of two bits. */
    public long tableOffset() {
        return metadataBytes() - TABLE_BYTES;
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
        return valueBytes(bl) + (long) nr * scaleBytes();
    }

    /** Whether products of two rows and two columns, where these are many, want panels decoded. */
    public boolean isDecoded() {
        return isUnsigned() || pairsBlocks();
    }

    /**
     * Bytes of a panel as it is decoded: weights of four bits or two as bytes, {@code [k/kr][nr][kr]}, those of eight not at all; after
     * those of a block, as f32s, the scales of each two columns twice, as the lanes of sums of two rows and two columns are,
     * then the minima.
     */
    public long decodedBytes(int k, int bl) {
        final long values = isUnsigned() ? Sizes.times(Sizes.roundUp(k, INT4_GROUP), nr) : 0;
        final long kinds = hasMins() ? 2 : 1;
        return hasBlocks() ? Sizes.plus(values, Sizes.times(blocks(k, bl), 2L * Float.BYTES * nr * kinds)) : values;
    }

    /** Bytes of a scale of a block, and of its minimum. */
    public int scaleBytes() {
        final int bytes = scales == Format.F32 ? Float.BYTES : Short.BYTES;
        return hasMins() ? 2 * bytes : bytes;
    }

    /** Values along K that a kernel's step takes of a panel. */
    int step() {
        return isUnsigned() || hasBlocks() ? INT4_GROUP : kr;
    }

    /** Bytes of a panel that a kernel's step along K takes, of the scales of blocks its part, rounded up. */
    public long stepBytes(int k, int bl) {
        return k == 0 ? 0 : Math.ceilDiv(metadataOffset(k, bl), Math.ceilDiv(k, step()));
    }

    /** Bytes of {@code k} values along K of nr columns. */
    private long valueBytes(int k) {
        final long values = Sizes.times(Sizes.roundUp(k, isUnsigned() ? INT4_GROUP : kr), nr);
        return bits() < Byte.SIZE ? values / (Byte.SIZE / bits()) : Sizes.times(values, bits() / Byte.SIZE);
    }

    /**
     * Bytes of metadata of a panel: for each column sums and scale, as the format has them (where blocks have scales, the
     * f32 sum of all weights times their scales, but for a left operand in blocks, which has no zero points), then the bias;
     * and of weights of two bits the table. Where the left operand is quantized beforehand, each column has what its sum begins with, and for {@code QAI8} its scale and the
     * zero point of the result.
     */
    public long metadataBytes() {
        if (dst == Format.I32) {
            return (long) nr * Integer.BYTES;
        }
        if (dst == Format.QAI8) {
            return (long) nr * (Integer.BYTES + Float.BYTES + Integer.BYTES);
        }
        final int perColumn =
                switch (format) {
                    case QSI4C32 -> pairsBlocks() ? 0 : Float.BYTES;
                    case QSI8CX, QSI4CX, QSU2CX -> Integer.BYTES + Float.BYTES;
                    default -> 0;
                };
        return (long) nr * (perColumn + (bias ? Float.BYTES : 0)) + (hasTable() ? TABLE_BYTES : 0);
    }

    /** Bits of a value. */
    public int bits() {
        return switch (format) {
            case F32, I32 -> 32;
            case F16, BF16 -> 16;
            case QAI8, QAI8DX, QSI8D32, QSI8CX -> 8;
            case QSI4CX, QSI4C32, QAI4C32 -> 4;
            case QSU2CX -> 2;
        };
    }

    @Override
    public String toString() {
        final String lhs = lhsOffset == 0 ? "" : "+" + lhsOffset;
        return format.code() + "p" + nr + "x" + kr + (bias ? "b" : "") + (dst == Format.F32 ? "" : dst.code() + lhs)
                + (hasBlocks() ? "s" + scales.code() : "");
    }
}
