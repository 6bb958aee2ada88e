package dev.tilesmith.kernel.drive;

import java.lang.foreign.MemorySegment;

/**
 * The micro-kernels of one family of depthwise convolutions in Java, as javac has generated them: nr channels of one pixel after the
 * other.
 *
 * <p>Pixels are floats in a Java array, in which the values of a pixel's channels lie side by side, once for each result that is made
 * of them. A tap is a value of the kernel, and where it is in the array is said for the first pixel; for each after it, it is a stride
 * further on. Padding is floats like others.
 *
 * <p>Filters are floats, or int8, whose products with integers from -128 to 127 are exact in binary32 for as many taps as {@link
 * Int8Tiles#K_BLOCK}.
 */
public interface DepthwiseTiles {
    /**
     * Sums nr channels of some pixels: of each a chain of fused multiply-adds over the taps in their order, from +0.
     *
     * @param taps how many there are, 1 or more; of int8 at most {@link Int8Tiles#K_BLOCK}
     * @param pixels how many
     * @param src the pixels of the images
     * @param tapAt for each tap, where the first pixel's first channel is
     * @param offset what is added to that: floats to the channels and the pixel that are meant
     * @param stride floats from one pixel to the next
     * @param rhs packed filters
     * @param rhsOffset byte at which the panel's values start, nr for each tap
     * @param sums where the sums go, nr for each pixel
     */
    void accumulate(
            int taps,
            int pixels,
            float[] src,
            int[] tapAt,
            int offset,
            int stride,
            MemorySegment rhs,
            long rhsOffset,
            float[] sums);
}
