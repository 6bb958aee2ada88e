package dev.tilesmith.kernel.argument;

import dev.tilesmith.kernel.layout.PanelLayout;
import dev.tilesmith.runtime.BlockLayout;

/**
 * Layout of the argument block that a packer in machine code reads: byte offsets, little-endian. The processor emits code
 * against these constants, so a change here needs all kernels compiled anew.
 *
 * <p>A packer is called as {@code f(arguments, source, source, panels)}. It lays nr rows of {@link BlockLayout blocks} into
 * one panel, as {@link PanelLayout} says, up to where the panel's biases are.
 */
public final class PackerArguments {
    /** int64: bytes from {@code source} to the first row. */
    public static final int SOURCE_OFFSET = 0;

    /** int64: bytes from one row of the source to the next. */
    public static final int SOURCE_STRIDE = 8;

    /** int64: blocks of a row, at least 1. */
    public static final int BLOCKS = 16;

    /** int64: bytes from {@code panels} to the panel. */
    public static final int PANEL_OFFSET = 24;

    /**
     * int32, which the packer writes: not 0 if the panel must not be used, since a scale, or a minimum, is not of the
     * panel's format: it has more digits than BF16, or is no finite F16.
     */
    public static final int REFUSED = 32;

    /** Two int64s that the packer may write: its state between vectors of columns. */
    public static final int STATE = 40;

    /** Bytes of a block. */
    public static final int BYTES = 56;

    private PackerArguments() {}
}
