package dev.tilesmith.kernel.argument;

import java.util.List;

/**
 * Layout of the argument block that machine code of depthwise convolutions of int8 reads: byte offsets, little-endian. The processor emits
 * code against these constants, so a change here needs all kernels compiled anew.
 *
 * <p>Two functions share a block. {@code lines(arguments, src, scratch, scratch)} lays a line of an image as the other multiplies it: in groups
 * of {@link #TAPS} columns, of which a channel's values lie together, unsigned. {@code tiles(arguments, scratch, rhs, dst)} makes a line of
 * results of the lines that lie under a kernel, panel after panel.
 *
 * <p>A line of groups is {@code [panel][group][nr][}{@link #TAPS}{@code ]} bytes, filters are {@code [kernel row][group of a pixel][nr][}{@link
 * #TAPS}{@code ]}.
 */
public final class DepthwiseInt8Arguments {
    /** Columns of a group. */
    public static final int TAPS = 4;

    /** int64: bytes from {@code src} to the first channel of the line's first pixel. */
    public static final int SRC_OFFSET = 0;

    /**
     * int64: bytes from {@code scratch} to int64s, {@link #TAPS} for each group: bytes from the line's first pixel to the column's; negative
     * where that is padding.
     */
    public static final int COLUMNS = 8;

    /** int64: bytes from {@code scratch} to a pixel of padding, of all panels' channels. */
    public static final int PADDING = 16;

    /** int64: bytes from {@code scratch} to where a line of groups goes. */
    public static final int LINE = 24;

    /** int64: groups of a line, at least 1. */
    public static final int GROUPS = 32;

    /** int64: bytes of a line from one panel to the next. */
    public static final int LINE_PANEL = 40;

    /** int64: number of panels, at least 1. */
    public static final int PANELS = 48;

    /** int64: channels of the last panel, from 1 to nr; no more are read or written. */
    public static final int LAST_COLUMNS = 56;

    /** int64: bytes from {@code rhs} to the filters of the first panel. */
    public static final int RHS_OFFSET = 64;

    /** int64: bytes from one panel of filters to the next. */
    public static final int RHS_STRIDE = 72;

    /** int64: bytes from a panel's filters to its metadata. */
    public static final int METADATA = 80;

    /** int64: bytes from {@code dst} to the first panel of the first pixel. */
    public static final int DST_OFFSET = 88;

    /** int64: bytes from one pixel of results to the next. */
    public static final int DST_STRIDE = 96;

    /** int64: rows of the kernel, at least 1. */
    public static final int KERNEL_ROWS = 104;

    /** int64: groups of a pixel in each of them, at least 1. */
    public static final int ROW_GROUPS = 112;

    /** int64: bytes from one group of a pixel to its next. */
    public static final int GROUP_STEP = 120;

    /** int64: bytes from the first group of a pixel, or of a pair, to that of the next. */
    public static final int TILE_STEP = 128;

    /** int64: pairs of neighbours that are computed of the same groups. */
    public static final int PAIRS = 136;

    /** int64: pixels that are computed by themselves, after the pairs. */
    public static final int SINGLES = 144;

    /** int64: bytes from {@code scratch} to room for the filters of a panel, where there are pairs: those of second pixels. */
    public static final int SHIFTED = 152;

    /** int32: lower bound of a result. */
    public static final int CLAMP_MIN = 160;

    /** int32: upper bound of a result. */
    public static final int CLAMP_MAX = 164;

    /** Five int64s that the code may write: its state between tiles. */
    public static final int STATE = 168;

    /** int64s, one for each row of the kernel: bytes from {@code scratch} to the line of groups that is under it. */
    public static final int ROWS = 208;

    /** Rows of the kernels, which are as wide, that have code of their own. */
    public static final List<Integer> OWN_SIZES = List.of(3, 5, 7);

    private DepthwiseInt8Arguments() {}

    /** Bytes of a block. */
    public static long bytes(int kernelRows) {
        return ROWS + (long) kernelRows * Long.BYTES;
    }
}
