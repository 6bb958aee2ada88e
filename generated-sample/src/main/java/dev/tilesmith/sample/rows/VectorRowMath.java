package dev.tilesmith.sample.rows;

import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** Rows by the Vector API, in vectors as wide as the CPU likes them. */
final class VectorRowMath implements RowMath {
    private static final VectorSpecies<Float> S = VectorMath.SPECIES;
    private static final int LANES = S.length();
    private static final ByteOrder ORDER = ByteOrder.nativeOrder();

    @Override
    public void addAndNorm(
            MemorySegment x,
            long xOffset,
            MemorySegment y,
            long yOffset,
            int rows,
            float[] gamma,
            float[] beta,
            float epsilon) {
        final long rowBytes = (long) gamma.length * Float.BYTES;
        for (int row = 0; row < rows; row++) {
            final long at = xOffset * Float.BYTES + row * rowBytes;
            final float mean =
                    RowSums.add(x, at, y, yOffset * Float.BYTES + row * rowBytes, gamma.length) / gamma.length;
            final float variance = RowSums.squares(x, at, gamma.length, mean) / gamma.length;
            norm(x, at, mean, (float) (1 / Math.sqrt(variance + epsilon)), gamma, beta);
        }
    }

    private static void norm(MemorySegment x, long at, float mean, float factor, float[] gamma, float[] beta) {
        for (int i = 0; i < gamma.length; i += LANES) {
            final long place = at + i * 4L;
            FloatVector.fromMemorySegment(S, x, place, ORDER)
                    .sub(mean)
                    .mul(factor)
                    .fma(FloatVector.fromArray(S, gamma, i), FloatVector.fromArray(S, beta, i))
                    .intoMemorySegment(x, place, ORDER);
        }
    }

    @Override
    public void gelu(MemorySegment x, long count) {
        for (long at = 0; at < count * Float.BYTES; at += (long) LANES * Float.BYTES) {
            VectorMath.gelu(FloatVector.fromMemorySegment(S, x, at, ORDER)).intoMemorySegment(x, at, ORDER);
        }
    }

    @Override
    public void powers(float[] row, float largest, float scale) {
        final int whole = S.loopBound(row.length);
        for (int i = 0; i < whole; i += LANES) {
            VectorMath.expOfNegative(
                            FloatVector.fromArray(S, row, i).sub(largest).mul(scale))
                    .intoArray(row, i);
        }
        for (int i = whole; i < row.length; i++) {
            row[i] = Exp.ofNegative((row[i] - largest) * scale);
        }
    }

    @Override
    public void attend(SentenceRows rows, int heads, int headWidth, MemorySegment scratch) {
        new Attention(rows, heads, headWidth, scratch).run();
    }

    @Override
    public void pool(MemorySegment x, long xOffset, int rows, float[] result) {
        for (int column = 0; column < result.length; column += LANES) {
            FloatVector sum = FloatVector.zero(S);
            for (int row = 0; row < rows; row++) {
                final long at = (xOffset + (long) row * result.length + column) * Float.BYTES;
                sum = sum.add(FloatVector.fromMemorySegment(S, x, at, ORDER));
            }
            sum.intoArray(result, column);
        }
        Pooling.scale(result);
    }
}
