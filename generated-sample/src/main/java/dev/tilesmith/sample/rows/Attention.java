package dev.tilesmith.sample.rows;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Attention of one sentence by vectors, a head and a block of queries at a time.
 *
 * <p>Lanes are queries up to the softmax, so that its maxima and sums need no horizontal step; in the weighted sum
 * lanes are the columns of the value vectors. The queries of a block are transposed for that, once, and scaled.
 *
 * <p>The scratch memory holds, for a head: the values in panels {@code [headWidth / lanes][tokens][lanes]}, whose rows
 * are a constant apart, or the JIT would check each access against the bounds; and for a block of queries: the
 * transposed queries {@code [headWidth][QUERIES]}, the reciprocal sums {@code [QUERIES]}, and the weights
 * {@code [tokens, rounded up][QUERIES]}.
 */
final class Attention {
    /** Queries of a block. */
    static final int QUERIES = 16;

    /** Keys whose scores are computed together: as many independent sums. */
    static final int KEYS = 8;

    private static final VectorSpecies<Float> S = VectorMath.SPECIES;
    private static final int LANES = S.length();
    private static final long VECTOR_BYTES = (long) LANES * Float.BYTES;
    /** Bytes from one row of a block's queries or weights to the next. */
    private static final long ROW = QUERIES * Float.BYTES;

    private static final ByteOrder ORDER = ByteOrder.nativeOrder();
    private static final ValueLayout.OfFloat FLOAT = ValueLayout.JAVA_FLOAT_UNALIGNED;

    private final SentenceRows rows;
    private final MemorySegment qkv;
    private final MemorySegment queries;
    private final MemorySegment reciprocals;
    private final MemorySegment weights;
    private final MemorySegment panels;
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
        final long reciprocalsAt = headWidth * ROW;
        this.queries = scratch.asSlice(0, reciprocalsAt);
        this.reciprocals = scratch.asSlice(reciprocalsAt, ROW);
        final long weightsAt = reciprocalsAt + ROW;
        final long weightsBytes = (tokens + KEYS - 1L) / KEYS * KEYS * ROW;
        this.weights = scratch.asSlice(weightsAt, weightsBytes);
        this.panels = scratch.asSlice(weightsAt + weightsBytes, (long) tokens * headWidth * Float.BYTES);
    }

    void run() {
        final float scale = (float) (1 / Math.sqrt(headWidth));
        for (int column = 0; column < hidden; column += headWidth) {
            final long head = (rows.offset() + column) * Float.BYTES;
            final long keys = head + (long) hidden * Float.BYTES;
            final long values = keys + (long) hidden * Float.BYTES;
            for (int d = 0; d < headWidth; d += LANES) {
                copyPanel(qkv, values + d * 4L, rowBytes, tokens, panels, (long) d * tokens * Float.BYTES);
            }
            for (int first = 0; first < tokens; first += QUERIES) {
                final int count = Math.min(QUERIES, tokens - first);
                transpose(qkv, head + first * rowBytes, rowBytes, count, headWidth, scale, queries);
                for (long lane = 0; lane < ROW; lane += VECTOR_BYTES) {
                    scores(qkv, keys, rowBytes, tokens, headWidth, queries, weights, lane);
                    softmax(weights, lane, tokens, reciprocals);
                }
                final long to = (rows.resultOffset() + (long) first * hidden + column) * Float.BYTES;
                weigh(to, count);
            }
        }
    }

    /** Lays {@code count} queries as columns; what the other lanes hold is not used in the end. */
    private static void transpose(
            MemorySegment from, long at, long rowBytes, int count, int headWidth, float scale, MemorySegment to) {
        for (int i = 0; i < count; i++) {
            final long row = at + i * rowBytes;
            for (int d = 0; d < headWidth; d++) {
                to.set(FLOAT, d * ROW + i * 4L, scale * from.get(FLOAT, row + d * 4L));
            }
        }
    }

    private static void copyPanel(
            MemorySegment from, long at, long rowBytes, int tokens, MemorySegment to, long panel) {
        for (int token = 0; token < tokens; token++) {
            final long row = at + token * rowBytes;
            FloatVector.fromMemorySegment(S, from, row, ORDER)
                    .intoMemorySegment(to, panel + token * VECTOR_BYTES, ORDER);
        }
    }

    /** Scores of all keys for a block of queries. Keys beyond the last are the last one again: no case of its own. */
    private static void scores(
            MemorySegment kv,
            long keys,
            long rowBytes,
            int tokens,
            int headWidth,
            MemorySegment q,
            MemorySegment out,
            long lane) {
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
                    lane,
                    key * ROW + lane);
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
            long lane,
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
            final FloatVector column = FloatVector.fromMemorySegment(S, q, d * ROW + lane, ORDER);
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
        s1.intoMemorySegment(out, at + ROW, ORDER);
        s2.intoMemorySegment(out, at + 2 * ROW, ORDER);
        s3.intoMemorySegment(out, at + 3 * ROW, ORDER);
        s4.intoMemorySegment(out, at + 4 * ROW, ORDER);
        s5.intoMemorySegment(out, at + 5 * ROW, ORDER);
        s6.intoMemorySegment(out, at + 6 * ROW, ORDER);
        s7.intoMemorySegment(out, at + 7 * ROW, ORDER);
    }

    /** Exponentials of the scores less their maximum, and the reciprocals of their sums: each lane a query. */
    static void softmax(MemorySegment scores, long lane, int tokens, MemorySegment reciprocals) {
        FloatVector largest = FloatVector.fromMemorySegment(S, scores, lane, ORDER);
        for (int key = 1; key < tokens; key++) {
            largest = VectorMath.larger(largest, FloatVector.fromMemorySegment(S, scores, key * ROW + lane, ORDER));
        }
        FloatVector sum = FloatVector.zero(S);
        for (int key = 0; key < tokens; key++) {
            final long at = key * ROW + lane;
            final FloatVector weight = VectorMath.expOfNegative(
                    FloatVector.fromMemorySegment(S, scores, at, ORDER).sub(largest));
            weight.intoMemorySegment(scores, at, ORDER);
            sum = sum.add(weight);
        }
        FloatVector.broadcast(S, 1f).div(sum).intoMemorySegment(reciprocals, lane, ORDER);
    }

    /** Sums of the values by the queries' weights. Lanes beyond the last query are summed with the rest, not stored. */
    private void weigh(long to, int count) {
        final long outRow = (long) hidden * Float.BYTES;
        final MemorySegment out = rows.result();
        for (int d = 0; d < headWidth; d += LANES) {
            final long panel = (long) d * tokens * Float.BYTES;
            final long at = to + d * 4L;
            if (LANES == QUERIES) {
                weigh16(weights, reciprocals, 0, count, panels, panel, tokens, out, at, outRow);
            } else {
                weigh8(weights, reciprocals, 0, count, panels, panel, tokens, out, at, outRow);
                weigh8(weights, reciprocals, 8, count, panels, panel, tokens, out, at + 8 * outRow, outRow);
            }
        }
    }

    /** For CPUs with 32 registers. With fewer sums the JIT unrolls the loop, and spills: half as fast. */
    private static void weigh16(
            MemorySegment weights,
            MemorySegment reciprocals,
            int query,
            int count,
            MemorySegment panels,
            long panel,
            int tokens,
            MemorySegment out,
            long to,
            long outRow) {
        FloatVector s0 = FloatVector.zero(S);
        FloatVector s1 = s0;
        FloatVector s2 = s0;
        FloatVector s3 = s0;
        FloatVector s4 = s0;
        FloatVector s5 = s0;
        FloatVector s6 = s0;
        FloatVector s7 = s0;
        FloatVector s8 = s0;
        FloatVector s9 = s0;
        FloatVector s10 = s0;
        FloatVector s11 = s0;
        FloatVector s12 = s0;
        FloatVector s13 = s0;
        FloatVector s14 = s0;
        FloatVector s15 = s0;
        for (int key = 0; key < tokens; key++) {
            final FloatVector row = FloatVector.fromMemorySegment(S, panels, panel + key * VECTOR_BYTES, ORDER);
            final long w = key * ROW + query * 4L;
            s0 = FloatVector.broadcast(S, weights.get(FLOAT, w)).fma(row, s0);
            s1 = FloatVector.broadcast(S, weights.get(FLOAT, w + 4)).fma(row, s1);
            s2 = FloatVector.broadcast(S, weights.get(FLOAT, w + 8)).fma(row, s2);
            s3 = FloatVector.broadcast(S, weights.get(FLOAT, w + 12)).fma(row, s3);
            s4 = FloatVector.broadcast(S, weights.get(FLOAT, w + 16)).fma(row, s4);
            s5 = FloatVector.broadcast(S, weights.get(FLOAT, w + 20)).fma(row, s5);
            s6 = FloatVector.broadcast(S, weights.get(FLOAT, w + 24)).fma(row, s6);
            s7 = FloatVector.broadcast(S, weights.get(FLOAT, w + 28)).fma(row, s7);
            s8 = FloatVector.broadcast(S, weights.get(FLOAT, w + 32)).fma(row, s8);
            s9 = FloatVector.broadcast(S, weights.get(FLOAT, w + 36)).fma(row, s9);
            s10 = FloatVector.broadcast(S, weights.get(FLOAT, w + 40)).fma(row, s10);
            s11 = FloatVector.broadcast(S, weights.get(FLOAT, w + 44)).fma(row, s11);
            s12 = FloatVector.broadcast(S, weights.get(FLOAT, w + 48)).fma(row, s12);
            s13 = FloatVector.broadcast(S, weights.get(FLOAT, w + 52)).fma(row, s13);
            s14 = FloatVector.broadcast(S, weights.get(FLOAT, w + 56)).fma(row, s14);
            s15 = FloatVector.broadcast(S, weights.get(FLOAT, w + 60)).fma(row, s15);
        }
        store(s0, reciprocals, query, count, out, to);
        store(s1, reciprocals, query + 1, count, out, to + outRow);
        store(s2, reciprocals, query + 2, count, out, to + 2 * outRow);
        store(s3, reciprocals, query + 3, count, out, to + 3 * outRow);
        store(s4, reciprocals, query + 4, count, out, to + 4 * outRow);
        store(s5, reciprocals, query + 5, count, out, to + 5 * outRow);
        store(s6, reciprocals, query + 6, count, out, to + 6 * outRow);
        store(s7, reciprocals, query + 7, count, out, to + 7 * outRow);
        store(s8, reciprocals, query + 8, count, out, to + 8 * outRow);
        store(s9, reciprocals, query + 9, count, out, to + 9 * outRow);
        store(s10, reciprocals, query + 10, count, out, to + 10 * outRow);
        store(s11, reciprocals, query + 11, count, out, to + 11 * outRow);
        store(s12, reciprocals, query + 12, count, out, to + 12 * outRow);
        store(s13, reciprocals, query + 13, count, out, to + 13 * outRow);
        store(s14, reciprocals, query + 14, count, out, to + 14 * outRow);
        store(s15, reciprocals, query + 15, count, out, to + 15 * outRow);
    }

    /** For CPUs with 16 registers. */
    private static void weigh8(
            MemorySegment weights,
            MemorySegment reciprocals,
            int query,
            int count,
            MemorySegment panels,
            long panel,
            int tokens,
            MemorySegment out,
            long to,
            long outRow) {
        FloatVector s0 = FloatVector.zero(S);
        FloatVector s1 = s0;
        FloatVector s2 = s0;
        FloatVector s3 = s0;
        FloatVector s4 = s0;
        FloatVector s5 = s0;
        FloatVector s6 = s0;
        FloatVector s7 = s0;
        for (int key = 0; key < tokens; key++) {
            final FloatVector row = FloatVector.fromMemorySegment(S, panels, panel + key * VECTOR_BYTES, ORDER);
            final long w = key * ROW + query * 4L;
            s0 = FloatVector.broadcast(S, weights.get(FLOAT, w)).fma(row, s0);
            s1 = FloatVector.broadcast(S, weights.get(FLOAT, w + 4)).fma(row, s1);
            s2 = FloatVector.broadcast(S, weights.get(FLOAT, w + 8)).fma(row, s2);
            s3 = FloatVector.broadcast(S, weights.get(FLOAT, w + 12)).fma(row, s3);
            s4 = FloatVector.broadcast(S, weights.get(FLOAT, w + 16)).fma(row, s4);
            s5 = FloatVector.broadcast(S, weights.get(FLOAT, w + 20)).fma(row, s5);
            s6 = FloatVector.broadcast(S, weights.get(FLOAT, w + 24)).fma(row, s6);
            s7 = FloatVector.broadcast(S, weights.get(FLOAT, w + 28)).fma(row, s7);
        }
        store(s0, reciprocals, query, count, out, to);
        store(s1, reciprocals, query + 1, count, out, to + outRow);
        store(s2, reciprocals, query + 2, count, out, to + 2 * outRow);
        store(s3, reciprocals, query + 3, count, out, to + 3 * outRow);
        store(s4, reciprocals, query + 4, count, out, to + 4 * outRow);
        store(s5, reciprocals, query + 5, count, out, to + 5 * outRow);
        store(s6, reciprocals, query + 6, count, out, to + 6 * outRow);
        store(s7, reciprocals, query + 7, count, out, to + 7 * outRow);
    }

    private static void store(
            FloatVector sum, MemorySegment reciprocals, int query, int count, MemorySegment out, long at) {
        if (query < count) {
            sum.mul(reciprocals.get(FLOAT, query * 4L)).intoMemorySegment(out, at, ORDER);
        }
    }
}
