package dev.tilesmith.runtime;

import dev.tilesmith.spec.Format;

/**
 * How one family's packed weights lie: {@code ceil(n/nr)} panels, each {@code [ceil(k/kr)][nr][kr]} values, followed by
 * the panel's metadata. Columns and K beyond the end are zero.
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
 */
public record PanelLayout(Format format, int nr, int kr, boolean bias, Format dst, int lhsOffset) {
    /** A layout for results in f32. */
    public PanelLayout(Format format, int nr, int kr, boolean bias) {
        this(format, nr, kr, bias, Format.F32, 0);
    }

    /** Bytes of one panel, a multiple of 64. */
    public long panelBytes(int k) {
        return roundUp(metadataOffset(k) + metadataBytes(), 64);
    }

    /** Bytes of all panels. */
    public long bytes(int n, int k) {
        return panelBytes(k) * panels(n);
    }

    /** Number of panels for n columns. */
    public int panels(int n) {
        return (n + nr - 1) / nr;
    }

    /** Bytes from the start of a panel to its metadata: its values. */
    public long metadataOffset(int k) {
        return roundUp(k, kr) * nr * bits() / 8;
    }

    /**
     * Bytes of metadata of a panel: for each column sums and scale, as the format has them, then the bias. Where the left
     * operand is quantized beforehand, each column has what its sum begins with, and for {@code QAI8} its scale and the
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
                    case QSI8CX -> Integer.BYTES + Float.BYTES;
                    default -> 0;
                };
        return (long) nr * (perColumn + (bias ? Float.BYTES : 0));
    }

    private int bits() {
        return switch (format) {
            case F32, I32 -> 32;
            case F16, BF16 -> 16;
            case QAI8, QAI8DX, QSI8D32, QSI8CX -> 8;
            case QSI4CX, QSI4C32, QAI4C32 -> 4;
            case QSU2CX -> 2;
        };
    }

    private static long roundUp(long value, int multiple) {
        return (value + multiple - 1) / multiple * multiple;
    }

    @Override
    public String toString() {
        final String lhs = lhsOffset == 0 ? "" : "+" + lhsOffset;
        return format.code() + "p" + nr + "x" + kr + (bias ? "b" : "") + (dst == Format.F32 ? "" : dst.code() + lhs);
    }
}
