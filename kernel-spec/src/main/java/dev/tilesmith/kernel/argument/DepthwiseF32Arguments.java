package dev.tilesmith.kernel.argument;

import java.util.List;

/**
 * Layout of the argument block that machine code of depthwise convolutions of f32 reads: that of {@link NativeArguments}, but for a left
 * operand and tiles, which it has none of. {@link NativeArguments#STEPS} are the taps of the kernel, and rows of the result are pixels.
 *
 * <p>Code is called as {@code f(arguments, src, rhs, dst)}. It goes over the runs that {@link #RUNS} says: pixels side by side, of all panels. A run of
 * {@link #PIXELS} that {@link #ROWS} says nothing of is followed by its taps, for each the address of its first channel in the first pixel, and
 * bytes from there to the next pixel's, int64s both. Another is a tile of {@link #TILE} pixels of a line of results, or of two lines, whose taps are in the
 * {@link #LINES}. After the last run comes an int64 that is 0.
 */
public final class DepthwiseF32Arguments {
    /** int64: bytes from the start of the block to the runs. */
    public static final int RUNS = NativeArguments.LHS_OFFSET;

    /** int64: bytes from a line of results to the next. */
    public static final int LINE_STRIDE = NativeArguments.LHS_STRIDE;

    /** int64: rows of the kernel. */
    public static final int KERNEL_ROWS = NativeArguments.BLOCKS;

    /**
     * Lines of the image that are under the kernels of a line of results, or of two: of each the address of its first channel in the first column,
     * and bytes from there to the next column's, int64s both; 0 where all columns are padding.
     */
    public static final int LINES = NativeArguments.HEIGHTS;

    /** Bytes of a line, and of a tap. */
    public static final int TAP = 2 * Long.BYTES;

    /** int64 of a run: how many pixels, of all its lines. */
    public static final int PIXELS = 0;

    /** int64 of a run: {@link #rows} of a tile; else 0. */
    public static final int ROWS = 8;

    /** int64 of a run: bytes from the first result to its own. */
    public static final int RESULT = 16;

    /** int64 of a tile: the column that is first under its kernels, which may be outside of the lines. */
    public static final int COLUMN = 24;

    /** int32s of a tile: for the first columns under it which bits of masks they have, all or none where they are padding. */
    public static final int LEFT = 32;

    /** The same of as many columns that are last, in the order of columns. */
    public static final int RIGHT = 44;

    /** Bytes of a run before its taps. */
    public static final int RUN = 56;

    /** Columns at most, on either side, that may be padding; half of the kernel's at most. */
    public static final int EDGE = 3;

    /** Pixels of a tile in a line of results. */
    public static final int TILE = 7;

    /** Lines of results of a tile at most. */
    public static final int TILE_LINES = 2;

    /** Columns of the kernels that there are tiles for. */
    public static final List<Integer> TILE_WIDTHS = List.of(3, 5, 7);

    private DepthwiseF32Arguments() {}

    /** What says of a tile how many lines of results it has, how far apart pixels are, in columns, and how many of these a row of the kernel has. */
    public static int rows(int lines, int stride, int kernelWidth) {
        return (lines << (2 * Byte.SIZE)) | (stride << Byte.SIZE) | kernelWidth;
    }

    /** Where runs are behind the lines that are under a kernel. */
    public static long runs(int kernelRows) {
        return LINES + (long) (kernelRows + TILE_LINES - 1) * TAP;
    }

    /** Bytes of a block of so many runs and tiles. */
    public static long bytes(long runs, long tiles, int kernelRows, int taps) {
        return runs(kernelRows) + runs * (RUN + (long) taps * TAP) + tiles * RUN + Long.BYTES;
    }
}
