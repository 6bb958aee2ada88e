package dev.tilesmith.sample.rows;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** Value by value in plain Java, for JVMs without the Vector API. */
final class ScalarRowMath implements RowMath {
    private static final ValueLayout.OfFloat FLOAT = ValueLayout.JAVA_FLOAT;

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
        final int width = gamma.length;
        final float[] row = new float[width];
        for (int r = 0; r < rows; r++) {
            final long at = xOffset + (long) r * width;
            final float mean = add(x, at, y, yOffset + (long) r * width, row) / width;
            final float variance = squares(row, mean) / width;
            final float factor = (float) (1 / Math.sqrt(variance + epsilon));
            for (int i = 0; i < width; i++) {
                set(x, at + i, Math.fma((row[i] - mean) * factor, gamma[i], beta[i]));
            }
        }
    }

    /** The sum of two rows, and of its values. */
    private static float add(MemorySegment x, long xAt, MemorySegment y, long yAt, float[] row) {
        final float[] sums = new float[PartialSums.COUNT];
        for (int i = 0; i < row.length; i++) {
            row[i] = get(x, xAt + i) + get(y, yAt + i);
            sums[i % sums.length] += row[i];
        }
        return PartialSums.join(sums);
    }

    private static float squares(float[] row, float mean) {
        final float[] sums = new float[PartialSums.COUNT];
        for (int i = 0; i < row.length; i++) {
            final float centred = row[i] - mean;
            sums[i % sums.length] = Math.fma(centred, centred, sums[i % sums.length]);
        }
        return PartialSums.join(sums);
    }

    @Override
    public void gelu(MemorySegment x, long count) {
        for (long i = 0; i < count; i++) {
            final float value = get(x, i);
            final float half = value * 0.5f;
            set(x, i, Math.fma(half, Erf.scalar(value * Erf.ROOT_HALF), half));
        }
    }

    @Override
    public void powers(float[] row, float largest, float scale) {
        for (int i = 0; i < row.length; i++) {
            row[i] = Exp.ofNegative((row[i] - largest) * scale);
        }
    }

    @Override
    public void attend(SentenceRows rows, int heads, int headWidth, MemorySegment scratch) {
        for (int head = 0; head < heads; head++) {
            for (int token = 0; token < rows.tokens(); token++) {
                attendToken(rows, heads * headWidth, head * headWidth, headWidth, token, scratch);
            }
        }
    }

    private static void attendToken(
            SentenceRows rows, int hidden, int column, int headWidth, int token, MemorySegment weights) {
        final MemorySegment qkv = rows.queryKeyValue();
        final long query = rows.offset() + token * rows.stride() + column;
        final float scale = (float) (1 / Math.sqrt(headWidth));
        float largest = Float.NEGATIVE_INFINITY;
        for (int other = 0; other < rows.tokens(); other++) {
            final long key = rows.offset() + other * rows.stride() + hidden + column;
            float score = 0;
            for (int d = 0; d < headWidth; d++) {
                score = Math.fma(get(qkv, key + d), scale * get(qkv, query + d), score);
            }
            set(weights, other, score);
            largest = score > largest ? score : largest;
        }
        float sum = 0;
        for (int other = 0; other < rows.tokens(); other++) {
            final float weight = Exp.ofNegative(get(weights, other) - largest);
            set(weights, other, weight);
            sum += weight;
        }
        final float reciprocal = 1 / sum;
        for (int d = 0; d < headWidth; d++) {
            float value = 0;
            for (int other = 0; other < rows.tokens(); other++) {
                final long from = rows.offset() + other * rows.stride() + 2L * hidden + column;
                value = Math.fma(get(weights, other), get(qkv, from + d), value);
            }
            set(rows.result(), rows.resultOffset() + (long) token * hidden + column + d, value * reciprocal);
        }
    }

    @Override
    public void pool(MemorySegment x, long xOffset, int rows, float[] result) {
        for (int i = 0; i < result.length; i++) {
            float sum = 0;
            for (int r = 0; r < rows; r++) {
                sum += get(x, xOffset + (long) r * result.length + i);
            }
            result[i] = sum;
        }
        Pooling.scale(result);
    }

    private static float get(MemorySegment from, long index) {
        return from.getAtIndex(FLOAT, index);
    }

    private static void set(MemorySegment to, long index, float value) {
        to.setAtIndex(FLOAT, index, value);
    }
}
