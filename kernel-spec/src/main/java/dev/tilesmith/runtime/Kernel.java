package dev.tilesmith.runtime;

/**
 * What a declaration becomes, whatever its operation: code bound to a family of micro-kernels, or to several, each for a class of
 * shapes. Products of matrices are {@link MatMulKernel}s, convolutions {@link Conv2dKernel}s,
 * those of single channels {@link DepthwiseConv2dKernel}s.
 */
public interface Kernel {
    /**
     * The family that this kernel runs, its target and its tiles: where shapes of different classes have different ones, that
     * of products of few rows with weights in a cache. {@link DispatchTable#explain(int, int, int)} tells of the others.
     */
    Family family();
}
