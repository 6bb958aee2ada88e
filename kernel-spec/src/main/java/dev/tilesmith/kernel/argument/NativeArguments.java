package dev.tilesmith.kernel.argument;

import dev.tilesmith.kernel.layout.BlockCopies;
import dev.tilesmith.kernel.layout.PanelLayout;

/**
 * Layout of the argument block that a machine-code kernel reads: byte offsets, little-endian. The processor emits code
 * against these constants, so a change here needs all kernels compiled anew.
 *
 * <p>A kernel is called as {@code f(arguments, lhs, rhs, dst)}. For each panel of the right operand it goes over the
 * tiles of the rows, whose heights are listed from {@link #HEIGHTS} and end with 0.
 */
public final class NativeArguments {
    /** int64: bytes from {@code lhs} to the first row. */
    public static final int LHS_OFFSET = 0;

    /** int64: bytes from one row of the left operand to the next. */
    public static final int LHS_STRIDE = 8;

    /** int64: bytes from {@code rhs} to the values of the first panel. */
    public static final int RHS_OFFSET = 16;

    /** int64: bytes from one panel to the next. */
    public static final int RHS_STRIDE = 24;

    /** int64: bytes from {@code rhs} to the metadata of the first panel. */
    public static final int METADATA_OFFSET = 32;

    /** int64: bytes from {@code dst} to the first result. */
    public static final int DST_OFFSET = 40;

    /** int64: bytes from one row of the result to the next. */
    public static final int DST_STRIDE = 48;

    /** int64: steps along K, of a block where there are any. */
    public static final int STEPS = 56;

    /** int64: number of panels, at least 1. */
    public static final int PANELS = 64;

    /** int64: columns of the last panel that are stored, from 1 to nr. */
    public static final int LAST_COLUMNS = 72;

    /** int64: bytes from a panel's values to what is fetched ahead while it is used. */
    public static final int PREFETCH_OFFSET = 80;

    /** int64: bytes by which the place that is fetched ahead moves with each step along K. */
    public static final int PREFETCH_STEP = 88;

    /** int32: {@link #RESUME}, {@link #FINISH}, {@link #CLAMP}, {@link #DECODE}. */
    public static final int FLAGS = 96;

    /** f32: lower bound of a result; int32 where the result is int8. */
    public static final int CLAMP_MIN = 100;

    /** f32: upper bound of a result; int32 where the result is int8. */
    public static final int CLAMP_MAX = 104;

    /** Five int64s that the kernel may write: its state between panels. */
    public static final int STATE = 112;

    /**
     * int64: the address of room for all rows and steps of the left operand, four bytes each, where a kernel packs them
     * for itself.
     */
    public static final int PACKED_LHS = 152;

    /** int64: blocks along K, of {@link #STEPS} steps each, for weights of four bits. */
    public static final int BLOCKS = 160;

    /**
     * int64: the address of room for a panel that is decoded, {@link PanelLayout#decodedBytes}; with {@link #DECODE} alone. For
     * tile registers, of a panel in blocks and of all rows, {@link BlockCopies#bytes}.
     */
    public static final int DECODED = 168;

    /** int64: rows of a tile from which on tile registers multiply it, where there are any. */
    public static final int ROWS_FOR_TILES = 176;

    /** Room for the kernel's masks of columns: seven vectors of 256 bits. */
    public static final int MASKS = 192;

    /** Room for sums over blocks that registers have no place for: as much as 32 vectors of 512 bits. */
    public static final int TOTALS = 448;

    /** int32s: rows of each tile, then 0. */
    public static final int HEIGHTS = TOTALS + 32 * 64;

    /** Flag: the sums go on from what {@code dst} holds; else they begin with zero. */
    public static final int RESUME = 1;

    /** Flag: all of K is summed after this call: add the bias, bound, convert; else the bare sums are stored. */
    public static final int FINISH = 2;

    /** Flag, with {@link #FINISH}: results are bounded. */
    public static final int CLAMP = 4;

    /** Flag, for weights of four bits or in blocks: tiles are so many that each panel is first decoded, for all of them. */
    public static final int DECODE = 8;

    private NativeArguments() {}

    /** Bytes of a block for {@code tiles} tiles. */
    public static long bytes(int tiles) {
        return HEIGHTS + (tiles + 1L) * Integer.BYTES;
    }
}
