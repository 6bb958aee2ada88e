package dev.tilesmith.kernel.drive;

import java.lang.foreign.MemorySegment;

/** What a family in Java makes of the sums of a panel in f32, as javac has generated it: a method for each kind of storage. */
public interface F32Finish {
    /**
     * Adds the bias to the sums of a whole tile, applies the declaration's activation, bounds results if asked to, and stores them.
     *
     * @param rows rows of the tile
     * @param sums sums of the tile, row after row
     * @param sumsOffset where they start
     * @param rhs packed weights
     * @param metadata byte at which the panel's metadata start
     * @param clamp whether results are bounded
     * @param clampMin lower bound
     * @param clampMax upper bound
     * @param dst where results go
     * @param dstOffset element of the tile's first result
     * @param dstStride elements from one row to the next
     */
    void finish(
            int rows,
            float[] sums,
            int sumsOffset,
            MemorySegment rhs,
            long metadata,
            boolean clamp,
            float clampMin,
            float clampMax,
            float[] dst,
            int dstOffset,
            int dstStride);

    /** As the method for arrays; {@code dstOffset} and {@code dstStride} are in bytes. */
    void finish(
            int rows,
            float[] sums,
            int sumsOffset,
            MemorySegment rhs,
            long metadata,
            boolean clamp,
            float clampMin,
            float clampMax,
            MemorySegment dst,
            long dstOffset,
            long dstStride);
}
