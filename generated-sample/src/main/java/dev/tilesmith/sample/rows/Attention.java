package dev.tilesmith.sample.rows;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Attention of one sentence by vectors, a head and a vector's worth of queries at a time.
 *
 * <p>Lanes are queries up to the softmax, so that its maxima and sums need no horizontal step; in the weighted sum
 * lanes are the columns of the value vectors. The queries of a block are transposed for that, once, and scaled.
 *
 * <p>The scratch memory holds, for a block of queries: the transposed queries {@code [headWidth][lanes]}, the reciprocal
 * sums {@code [lanes]}, and the weights {@code [tokens, rounded up][lanes]}.
 */
final class Attention {
    /** Keys whose scores are computed together: as many independent sums. */
    static final int KEYS = 8;

    /** Queries whose weighted sums are computed together, each in two vectors. */
    private static final int QUERIES = 4;

    static final int MAX_LANES = 16;

    private static final VectorSpecies<Float> S = VectorMath.SPECIES;
    private static final int LANES = S.length();
    private static final long VECTOR_BYTES = (long) LANES * Float.BYTES;
    private static final ByteOrder ORDER = ByteOrder.nativeOrder();
    private static final ValueLayout.OfFloat FLOAT = ValueLayout.JAVA_FLOAT;

    private final SentenceRows rows;
    private final MemorySegment qkv;
    private final MemorySegment queries;
    private final MemorySegment reciprocals;
    private final MemorySegment weights;
    private final int hidden;
    private final int headWidth;
    private final int tokens;
    private final long rowBytes;

    Attention(SentenceRows rows, int heads, int headWidth, MemorySegment scratch) {
        this.rows = rows;
        this.qkv = rows.queryKeyValue();
        this.hidden = heads * headWidth;
        this.headWidth = headWidth;
        this.tokens = rows.tokens();
        this.rowBytes = rows.stride() * Float.BYTES;
        final long reciprocalsAt = (long) headWidth * VECTOR_BYTES;
        this.queries = scratch.asSlice(0, reciprocalsAt);
        this.reciprocals = scratch.asSlice(reciprocalsAt, VECTOR_BYTES);
        this.weights = scratch.asSlice(reciprocalsAt + VECTOR_BYTES);
    }

    void run() {
        final float scale = (float) (1 / Math.sqrt(headWidth));
        for (int column = 0; column < hidden; column += headWidth) {
            final long head = (rows.offset() + column) * Float.BYTES;
            final long keys = head + (long) hidden * Float.BYTES;
            final long values = keys + (long) hidden * Float.BYTES;
            for (int first = 0; first < tokens; first += LANES) {
                final int count = Math.min(LANES, tokens - first);
                transpose(qkv, head + first * rowBytes, rowBytes, count, headWidth, scale, queries);
                scores(qkv, keys, rowBytes, tokens, headWidth, queries, weights);
                softmax(weights, tokens, reciprocals);
                final long to = (rows.resultOffset() + (long) first * hidden + column) * Float.BYTES;
                weigh(to, values, count);
            }
        }
    }

    /** Lays {@code count} queries as columns; what the other lanes hold is not used in the end. */
    private static void transpose(
            MemorySegment from, long at, long rowBytes, int count, int headWidth, float scale, MemorySegment to) {
        for (int i = 0; i < count; i++) {
            final long row = at + i * rowBytes;
            for (int d = 0; d < headWidth; d++) {
                to.set(FLOAT, d * VECTOR_BYTES + i * (long) Float.BYTES, scale * from.get(FLOAT, row + d * 4L));
            }
        }
    }

    /** Scores of all keys for a block of queries. Keys beyond the last are the last one again: no case of its own. */
    private static void scores(
            MemorySegment kv, long keys, long rowBytes, int tokens, int headWidth, MemorySegment q, MemorySegment out) {
        for (int key = 0; key < tokens; key += KEYS) {
            final int last = tokens - 1;
            scoreKeys(
                    kv,
                    keys + key * rowBytes,
                    keys + Math.min(key + 1, last) * rowBytes,
                    keys + Math.min(key + 2, last) * rowBytes,
                    keys + Math.min(key + 3, last) * rowBytes,
                    keys + Math.min(key + 4, last) * rowBytes,
                    keys + Math.min(key + 5, last) * rowBytes,
                    keys + Math.min(key + 6, last) * rowBytes,
                    keys + Math.min(key + 7, last) * rowBytes,
                    headWidth,
                    q,
                    out,
                    key * VECTOR_BYTES);
        }
    }

    private static void scoreKeys(
            MemorySegment kv,
            long k0,
            long k1,
            long k2,
            long k3,
            long k4,
            long k5,
            long k6,
            long k7,
            int headWidth,
            MemorySegment q,
            MemorySegment out,
            long at) {
        FloatVector s0 = FloatVector.zero(S);
        FloatVector s1 = s0;
        FloatVector s2 = s0;
        FloatVector s3 = s0;
        FloatVector s4 = s0;
        FloatVector s5 = s0;
        FloatVector s6 = s0;
        FloatVector s7 = s0;
        for (int d = 0; d < headWidth; d++) {
            final FloatVector column = FloatVector.fromMemorySegment(S, q, d * VECTOR_BYTES, ORDER);
            final long x = d * 4L;
            s0 = FloatVector.broadcast(S, kv.get(FLOAT, k0 + x)).fma(column, s0);
            s1 = FloatVector.broadcast(S, kv.get(FLOAT, k1 + x)).fma(column, s1);
            s2 = FloatVector.broadcast(S, kv.get(FLOAT, k2 + x)).fma(column, s2);
            s3 = FloatVector.broadcast(S, kv.get(FLOAT, k3 + x)).fma(column, s3);
            s4 = FloatVector.broadcast(S, kv.get(FLOAT, k4 + x)).fma(column, s4);
            s5 = FloatVector.broadcast(S, kv.get(FLOAT, k5 + x)).fma(column, s5);
            s6 = FloatVector.broadcast(S, kv.get(FLOAT, k6 + x)).fma(column, s6);
            s7 = FloatVector.broadcast(S, kv.get(FLOAT, k7 + x)).fma(column, s7);
        }
        s0.intoMemorySegment(out, at, ORDER);
        s1.intoMemorySegment(out, at + VECTOR_BYTES, ORDER);
        s2.intoMemorySegment(out, at + 2 * VECTOR_BYTES, ORDER);
        s3.intoMemorySegment(out, at + 3 * VECTOR_BYTES, ORDER);
        s4.intoMemorySegment(out, at + 4 * VECTOR_BYTES, ORDER);
        s5.intoMemorySegment(out, at + 5 * VECTOR_BYTES, ORDER);
        s6.intoMemorySegment(out, at + 6 * VECTOR_BYTES, ORDER);
        s7.intoMemorySegment(out, at + 7 * VECTOR_BYTES, ORDER);
    }

    /** Exponentials of the scores less their maximum, and the reciprocals of their sums: each lane a query. */
    static void softmax(MemorySegment scores, int tokens, MemorySegment reciprocals) {
        FloatVector largest = FloatVector.fromMemorySegment(S, scores, 0, ORDER);
        for (int key = 1; key < tokens; key++) {
            largest = VectorMath.larger(largest, FloatVector.fromMemorySegment(S, scores, key * VECTOR_BYTES, ORDER));
        }
        FloatVector sum = FloatVector.zero(S);
        for (int key = 0; key < tokens; key++) {
            final long at = key * VECTOR_BYTES;
            final FloatVector weight = VectorMath.expOfNegative(
                    FloatVector.fromMemorySegment(S, scores, at, ORDER).sub(largest));
            weight.intoMemorySegment(scores, at, ORDER);
            sum = sum.add(weight);
        }
        FloatVector.broadcast(S, 1f).div(sum).intoMemorySegment(reciprocals, 0, ORDER);
    }

    /** Sums of the values by the queries' weights. Queries beyond the last are the last one again. */
    private void weigh(long to, long values, int count) {
        final long resultRow = (long) hidden * Float.BYTES;
        for (int query = 0; query < count; query += QUERIES) {
            final int q1 = Math.min(query + 1, count - 1);
            final int q2 = Math.min(query + 2, count - 1);
            final int q3 = Math.min(query + 3, count - 1);
            for (int d = 0; d < headWidth; d += 2 * LANES) {
                weighQueries(
                        weights,
                        reciprocals,
                        query,
                        q1,
                        q2,
                        q3,
                        qkv,
                        values + d * 4L,
                        rowBytes,
                        tokens,
                        rows.result(),
                        to + d * 4L,
                        resultRow);
            }
        }
    }

    private static void weighQueries(
            MemorySegment weights,
            MemorySegment reciprocals,
            int q0,
            int q1,
            int q2,
            int q3,
            MemorySegment kv,
            long values,
            long rowBytes,
            int tokens,
            MemorySegment out,
            long to,
            long outRow) {
        FloatVector a0 = FloatVector.zero(S);
        FloatVector a1 = a0;
        FloatVector a2 = a0;
        FloatVector a3 = a0;
        FloatVector b0 = a0;
        FloatVector b1 = a0;
        FloatVector b2 = a0;
        FloatVector b3 = a0;
        for (int key = 0; key < tokens; key++) {
            final long at = values + key * rowBytes;
            final FloatVector a = FloatVector.fromMemorySegment(S, kv, at, ORDER);
            final FloatVector b = FloatVector.fromMemorySegment(S, kv, at + VECTOR_BYTES, ORDER);
            final long w = key * VECTOR_BYTES;
            final FloatVector w0 = FloatVector.broadcast(S, weights.get(FLOAT, w + q0 * 4L));
            a0 = w0.fma(a, a0);
            b0 = w0.fma(b, b0);
            final FloatVector w1 = FloatVector.broadcast(S, weights.get(FLOAT, w + q1 * 4L));
            a1 = w1.fma(a, a1);
            b1 = w1.fma(b, b1);
            final FloatVector w2 = FloatVector.broadcast(S, weights.get(FLOAT, w + q2 * 4L));
            a2 = w2.fma(a, a2);
            b2 = w2.fma(b, b2);
            final FloatVector w3 = FloatVector.broadcast(S, weights.get(FLOAT, w + q3 * 4L));
            a3 = w3.fma(a, a3);
            b3 = w3.fma(b, b3);
        }
        store(a0, b0, reciprocals, q0, out, to + q0 * outRow);
        store(a1, b1, reciprocals, q1, out, to + q1 * outRow);
        store(a2, b2, reciprocals, q2, out, to + q2 * outRow);
        store(a3, b3, reciprocals, q3, out, to + q3 * outRow);
    }

    private static void store(
            FloatVector a, FloatVector b, MemorySegment reciprocals, int query, MemorySegment out, long at) {
        final float reciprocal = reciprocals.get(FLOAT, query * 4L);
        a.mul(reciprocal).intoMemorySegment(out, at, ORDER);
        b.mul(reciprocal).intoMemorySegment(out, at + VECTOR_BYTES, ORDER);
    }
}
