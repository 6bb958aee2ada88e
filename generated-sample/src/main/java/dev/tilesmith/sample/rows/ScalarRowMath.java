package dev.tilesmith.sample.rows;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** Row by row in plain Java, for JVMs without the Vector API; exponentials and erf in double. */
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
            double sum = 0;
            for (int i = 0; i < width; i++) {
                row[i] = get(x, at + i) + get(y, yOffset + (long) r * width + i);
                sum += row[i];
            }
            final float mean = (float) (sum / width);
            double squares = 0;
            for (int i = 0; i < width; i++) {
                row[i] -= mean;
                squares += row[i] * row[i];
            }
            final float factor = (float) (1 / Math.sqrt(squares / width + epsilon));
            for (int i = 0; i < width; i++) {
                set(x, at + i, row[i] * factor * gamma[i] + beta[i]);
            }
        }
    }

    @Override
    public void gelu(MemorySegment x, long count) {
        for (long i = 0; i < count; i++) {
            final float value = get(x, i);
            set(x, i, 0.5f * value * (1 + Erf.scalar(value * Erf.ROOT_HALF)));
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
                score += get(qkv, query + d) * get(qkv, key + d);
            }
            set(weights, other, score * scale);
            largest = Math.max(largest, score * scale);
        }
        double sum = 0;
        for (int other = 0; other < rows.tokens(); other++) {
            final float weight = (float) Math.exp(get(weights, other) - largest);
            set(weights, other, weight);
            sum += weight;
        }
        for (int d = 0; d < headWidth; d++) {
            float value = 0;
            for (int other = 0; other < rows.tokens(); other++) {
                final long from = rows.offset() + other * rows.stride() + 2L * hidden + column;
                value += get(weights, other) * get(qkv, from + d);
            }
            set(rows.result(), rows.resultOffset() + (long) token * hidden + column + d, (float) (value / sum));
        }
    }

    @Override
    public void pool(MemorySegment x, long xOffset, int rows, float[] result) {
        double squares = 0;
        for (int i = 0; i < result.length; i++) {
            double sum = 0;
            for (int r = 0; r < rows; r++) {
                sum += get(x, xOffset + (long) r * result.length + i);
            }
            result[i] = (float) sum;
            squares += sum * sum;
        }
        Pooling.scale(result, squares);
    }

    private static float get(MemorySegment from, long index) {
        return from.getAtIndex(FLOAT, index);
    }

    private static void set(MemorySegment to, long index, float value) {
        to.setAtIndex(FLOAT, index, value);
    }
}
