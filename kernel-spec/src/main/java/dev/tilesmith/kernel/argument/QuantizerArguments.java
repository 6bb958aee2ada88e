package dev.tilesmith.kernel.argument;

import dev.tilesmith.kernel.layout.LhsLayout;

/**
 * Layout of the argument block that a quantizer in machine code reads: byte offsets, little-endian. The processor emits
 * code against these constants, so a change here needs all kernels compiled anew.
 *
 * <p>A quantizer is called as {@code f(arguments, source, source, quantized)}. Quantized rows come in groups, of one row
 * or as many as {@link LhsLayout} says: their values, as many bytes as {@link #VALUES} says, and then for each row an
 * int32, the zero point as those values have it, and an f32, the inverse of the scale. For x86 values are offset by 128,
 * so that they are unsigned; but for weights of four bits or two, where {@link LhsLayout} has blocks, they are signed, and
 * before those of a block is for each row an int32, {@link #FACTOR} times {@code Σ q} over the block. The room of a group is
 * at least 64 values more than that: the quantizer may write all of it.
 */
public final class QuantizerArguments {
    /** int64: number of rows, at least 1. */
    public static final int ROWS = 0;

    /** int64: values of a row. */
    public static final int K = 8;

    /** int64: bytes from {@code source} to the first row. */
    public static final int SOURCE_OFFSET = 16;

    /** int64: bytes from one row of the source to the next. */
    public static final int SOURCE_STRIDE = 24;

    /** int64: bytes from one group of quantized rows to the next. */
    public static final int STRIDE = 32;

    /** int64: bytes from the start of a group to its first zero point. */
    public static final int VALUES = 40;

    /** int64: rows of a group, where the code takes any number. */
    public static final int GROUP_ROWS = 48;

    /** int64: values of a block, no more than a row has, or of a row where there are none; for weights of four bits. */
    public static final int BLOCK = 56;

    /**
     * int32: by what {@code Σ q} of a block is multiplied to get what its sums begin with. Code for Arm takes -8: with weights
     * of two bits its sums begin with zero.
     */
    public static final int FACTOR = 64;

    /** Bytes after the values of a row: its zero point and the inverse of its scale. */
    public static final int ROW_METADATA = Integer.BYTES + Float.BYTES;

    /** Bytes of a block. */
    static final int BYTES = 72;

    private QuantizerArguments() {}
}
