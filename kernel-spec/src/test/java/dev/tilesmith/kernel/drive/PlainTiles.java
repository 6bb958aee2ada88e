package dev.tilesmith.kernel.drive;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** Tiles of {@link #NR} columns as their interfaces define them, value by value, for tests of what drives them. */
final class PlainTiles {
    /** Columns of a panel. */
    static final int NR = 4;

    private static final ValueLayout.OfFloat FLOAT = ValueLayout.JAVA_FLOAT_UNALIGNED;

    private PlainTiles() {}

    /** Sums of f32. */
    static final class OfFloats extends Finishing implements F32Tiles {
        @Override
        public void accumulate(
                int mr,
                float[] lhs,
                int lhsOffset,
                MemorySegment rhs,
                long rhsOffset,
                float[] sums,
                int sumsOffset,
                int k) {
            for (int i = 0; i < mr; i++) {
                for (int j = 0; j < NR; j++) {
                    for (int p = 0; p < k; p++) {
                        final float weight = rhs.get(FLOAT, rhsOffset + (p * NR + j) * (long) Float.BYTES);
                        final int at = sumsOffset + i * NR + j;
                        sums[at] = Math.fma(lhs[lhsOffset + i * LHS_STRIDE + p], weight, sums[at]);
                    }
                }
            }
        }
    }

    /** Sums of f32 over taps. */
    static final class OfTaps extends Finishing implements F32DepthwiseTiles {
        @Override
        public void accumulate(
                int taps,
                int pixels,
                float[] src,
                int[] tapAt,
                int offset,
                int stride,
                MemorySegment rhs,
                long rhsOffset,
                float[] sums) {
            for (int i = 0; i < pixels; i++) {
                for (int j = 0; j < NR; j++) {
                    float sum = 0f;
                    for (int tap = 0; tap < taps; tap++) {
                        final float weight = rhs.get(FLOAT, rhsOffset + (tap * NR + j) * (long) Float.BYTES);
                        sum = Math.fma(src[tapAt[tap] + offset + i * stride + j], weight, sum);
                    }
                    sums[i * NR + j] = sum;
                }
            }
        }
    }

    /** Sums of int8 over taps. */
    static final class OfByteTaps implements DepthwiseTiles {
        @Override
        public void accumulate(
                int taps,
                int pixels,
                float[] src,
                int[] tapAt,
                int offset,
                int stride,
                MemorySegment rhs,
                long rhsOffset,
                float[] sums) {
            for (int i = 0; i < pixels; i++) {
                for (int j = 0; j < NR; j++) {
                    float sum = 0f;
                    for (int tap = 0; tap < taps; tap++) {
                        final byte weight = rhs.get(ValueLayout.JAVA_BYTE, rhsOffset + (long) tap * NR + j);
                        sum += src[tapAt[tap] + offset + i * stride + j] * weight;
                    }
                    sums[i * NR + j] = sum;
                }
            }
        }
    }

    /** Results of sums. */
    abstract static class Finishing implements F32Finish {
        @Override
        public void finish(
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
                int dstStride) {
            final MemorySegment to = MemorySegment.ofArray(dst);
            final long start = dstOffset * (long) Float.BYTES;
            final long stride = dstStride * (long) Float.BYTES;
            finish(rows, sums, sumsOffset, rhs, metadata, clamp, clampMin, clampMax, to, start, stride);
        }

        @Override
        public void finish(
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
                long dstStride) {
            for (int i = 0; i < rows; i++) {
                for (int j = 0; j < NR; j++) {
                    final float bias = rhs.get(FLOAT, metadata + j * (long) Float.BYTES);
                    final float result = sums[sumsOffset + i * NR + j] + bias;
                    final float bounded = clamp ? Math.min(Math.max(result, clampMin), clampMax) : result;
                    dst.set(FLOAT, dstOffset + i * dstStride + j * (long) Float.BYTES, bounded);
                }
            }
        }
    }

    /** Sums of int8. */
    static final class OfBytes implements Int8Tiles {
        @Override
        public void accumulate(
                int mr,
                float[] lhs,
                int lhsOffset,
                MemorySegment rhs,
                long rhsOffset,
                int[] sums,
                int sumsOffset,
                int k) {
            for (int i = 0; i < mr; i++) {
                for (int j = 0; j < NR; j++) {
                    for (int p = 0; p < k; p++) {
                        final byte weight = rhs.get(ValueLayout.JAVA_BYTE, rhsOffset + (long) p * NR + j);
                        sums[sumsOffset + i * NR + j] += ((int) lhs[lhsOffset + i * LHS_STRIDE + p]) * weight;
                    }
                }
            }
        }
    }
}
