package dev.tilesmith.kernel.argument;

/**
 * Layout of the argument block that machine code of depthwise convolutions of f32 reads: that of {@link NativeArguments}, but for a left
 * operand and tiles, which it has none of. {@link NativeArguments#STEPS} are the taps of the kernel, and rows of the result are pixels.
 *
 * <p>Code is called as {@code f(arguments, src, rhs, dst)}. For each panel it goes over the {@link #RUNS}: pixels side by side whose taps are as far
 * apart as they are. A run is an int64, how many pixels; another, {@link #rows(int, int)} if the taps of a row of the kernel are neighbours, else 0;
 * then for each tap the address of its first channel in the first pixel, and bytes from there to the next pixel's, int64s both. After the last
 * comes an int64 that is 0.
 */
public final class DepthwiseF32Arguments {
    /** int64: rows of the kernel. */
    public static final int KERNEL_ROWS = NativeArguments.BLOCKS;

    /** The runs. */
    public static final int RUNS = NativeArguments.HEIGHTS;

    /** Bytes of a run before its taps. */
    public static final int RUN = 2 * Long.BYTES;

    /** Bytes of a tap of a run. */
    public static final int TAP = 2 * Long.BYTES;

    private DepthwiseF32Arguments() {}

    /** What says of a run that its pixels are so far apart, in neighbours, and that so many of these are in a row of the kernel. */
    public static int rows(int stride, int kernelWidth) {
        return stride << Byte.SIZE | kernelWidth;
    }

    /** Bytes of a block of so many runs. */
    public static long bytes(long runs, int taps) {
        return RUNS + runs * (RUN + (long) taps * TAP) + Long.BYTES;
    }
}
