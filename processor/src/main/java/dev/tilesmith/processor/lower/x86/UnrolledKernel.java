package dev.tilesmith.processor.lower.x86;

import dev.tilesmith.kernel.argument.DepthwiseInt8Arguments;
import java.util.List;

/**
 * A kernel of depthwise convolutions whose groups have code one after the other: those of all others are counted.
 *
 * @param rows of the kernel
 * @param groups of four columns that a row of it takes
 */
record UnrolledKernel(int rows, int groups) {
    /** Those of square kernels, which serve others of as many rows and groups. */
    static final List<UnrolledKernel> ALL = DepthwiseInt8Arguments.OWN_SIZES.stream()
            .map(size -> new UnrolledKernel(size, Math.ceilDiv(size, Integer.BYTES)))
            .toList();
}
