package dev.tilesmith.bench.peer;

import dev.tilesmith.runtime.MatMulKernel;

/** The kernels that are measured, as the dispatch table chooses them here. */
public final class OurKernels {
    private OurKernels() {}

    /** int4 weights with a scale in BF16 for each block. */
    public static MatMulKernel int4() {
        return Int4LinearKernels.best();
    }

    /** int8 weights with a scale for each channel. */
    public static MatMulKernel int8() {
        return Int8LinearKernels.best();
    }
}
