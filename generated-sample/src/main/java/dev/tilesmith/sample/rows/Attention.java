package dev.tilesmith.sample.rows;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Attention of one sentence by vectors, a head and a block of queries at a time: two products by {@link PanelTile}, and
 * the softmax between them.
 *
 * <p>Lanes are queries up to the softmax, so that its maxima and sums need no horizontal step: the scores are the product
 * of the keys' rows and a panel of queries, which are transposed for that, once, and scaled. In the weighted sum lanes are
 * the columns of the value vectors, in panels, and the weights' columns are its rows.
 *
 * <p>The scratch memory holds, for a head, the values in panels {@code [headWidth / QUERIES][tokens][QUERIES]}; and for a
 * block of queries: the transposed queries {@code [headWidth][QUERIES]}, the weights {@code [tokens, rounded up][QUERIES]},
 * the reciprocals of their sums {@code [QUERIES]}, and a tile of results {@code [ROWS][QUERIES]}.
 */
final class Attention {
    /** Queries of a block, as many as a panel has columns. */
    static final int QUERIES = PanelTile.COLUMNS;

    /** What {@link #QUERIES} is with the longest vectors, known without the Vector API. */
    static final int MOST_QUERIES = 32;

    /** Rows of scratch memory for a block of queries beside a row for each token and each column of a head. */
    static final int MORE_ROWS = 2 * PanelTile.ROWS;

    private static final VectorSpecies<Float> S = VectorMath.SPECIES;
    private static final long VECTOR_BYTES = (long) S.length() * Float.BYTES;
    private static final long ROW = PanelTile.ROW_BYTES;
    private static final ByteOrder ORDER = ByteOrder.nativeOrder();
    private static final ValueLayout.OfFloat FLOAT = ValueLayout.JAVA_FLOAT_UNALIGNED;

    private final SentenceRows rows;
    private final int headWidth;
    private final int tokens;
    /** Bytes from one token's query, key and value to the next one's. */
    private final long tokenBytes;
    /** Bytes of all heads' queries, or keys, or values of a token. */
    private final long hiddenBytes;

    private final MemorySegment queries;
    private final MemorySegment weights;
    private final MemorySegment reciprocals;
    private final MemorySegment tile;
    private final MemorySegment panels;

    Attention(SentenceRows rows, int heads, int headWidth, MemorySegment scratch) {
        this.rows = rows;
        this.headWidth = headWidth;
        this.tokens = rows.tokens();
        this.tokenBytes = rows.stride() * Float.BYTES;
        this.hiddenBytes = (long) heads * headWidth * Float.BYTES;
        final long weightsAt = headWidth * ROW;
        final long reciprocalsAt = weightsAt + Math.ceilDiv((long) tokens, PanelTile.ROWS) * PanelTile.ROWS * ROW;
        final long tileAt = reciprocalsAt + ROW;
        final long panelsAt = tileAt + PanelTile.ROWS * ROW;
        this.queries = scratch.asSlice(0, weightsAt);
        this.weights = scratch.asSlice(weightsAt, reciprocalsAt - weightsAt);
        this.reciprocals = scratch.asSlice(reciprocalsAt, ROW);
        this.tile = scratch.asSlice(tileAt, PanelTile.ROWS * ROW);
        this.panels = scratch.asSlice(panelsAt, (long) tokens * headWidth * Float.BYTES);
    }

    void run() {
        final long from = rows.offset() * Float.BYTES;
        final long to = rows.resultOffset() * Float.BYTES;
        for (long head = 0; head < hiddenBytes; head += (long) headWidth * Float.BYTES) {
            copyValues(from + 2 * hiddenBytes + head);
            for (int first = 0; first < tokens; first += QUERIES) {
                final int count = Math.min(QUERIES, tokens - first);
                transposeQueries(from + head + first * tokenBytes, count);
                score(from + hiddenBytes + head);
                for (long lane = 0; lane < ROW; lane += VECTOR_BYTES) {
                    softmax(weights, lane, tokens, reciprocals);
                }
                weigh(to + head + first * hiddenBytes, count);
            }
        }
    }

    /** Lays the values of a head as panels. */
    private void copyValues(long from) {
        for (long column = 0; column < (long) headWidth * Float.BYTES; column += VECTOR_BYTES) {
            final long panel = column / ROW * tokens * ROW + column % ROW;
            for (int token = 0; token < tokens; token++) {
                FloatVector.fromMemorySegment(S, rows.queryKeyValue(), from + column + token * tokenBytes, ORDER)
                        .intoMemorySegment(panels, panel + token * ROW, ORDER);
            }
        }
    }

    /** Lays {@code count} queries as columns; what the other lanes hold is not used in the end. */
    private void transposeQueries(long from, int count) {
        final float scale = (float) (1 / Math.sqrt(headWidth));
        for (int i = 0; i < count; i++) {
            final long row = from + i * tokenBytes;
            for (int d = 0; d < headWidth; d++) {
                queries.set(
                        FLOAT, d * ROW + i * 4L, scale * rows.queryKeyValue().get(FLOAT, row + d * 4L));
            }
        }
    }

    /** Scores of all keys for a block of queries. Keys beyond the last are the last one again: no case of its own. */
    private void score(long keys) {
        final long last = keys + (tokens - 1) * tokenBytes;
        for (int key = 0; key < tokens; key += PanelTile.ROWS) {
            final long at = keys + key * tokenBytes;
            PanelTile.multiply(
                    rows.queryKeyValue(),
                    at,
                    Math.min(at + tokenBytes, last),
                    Math.min(at + 2 * tokenBytes, last),
                    Math.min(at + 3 * tokenBytes, last),
                    Float.BYTES,
                    queries,
                    0,
                    headWidth,
                    weights,
                    key * ROW);
        }
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

    /** Sums of the values by the queries' weights. Queries beyond the last are summed with the rest, not stored. */
    private void weigh(long to, int count) {
        for (long column = 0; column < (long) headWidth * Float.BYTES; column += ROW) {
            for (int query = 0; query < count; query += PanelTile.ROWS) {
                final long at = query * 4L;
                PanelTile.multiply(weights, at, at + 4, at + 8, at + 12, ROW, panels, column * tokens, tokens, tile, 0);
                for (int i = query; i < Math.min(query + PanelTile.ROWS, count); i++) {
                    store((i - query) * ROW, reciprocals.get(FLOAT, i * 4L), to + i * hiddenBytes + column);
                }
            }
        }
    }

    /** Stores a row of the tile, scaled. */
    private void store(long row, float factor, long to) {
        for (long lane = 0; lane < ROW; lane += VECTOR_BYTES) {
            FloatVector.fromMemorySegment(S, tile, row + lane, ORDER)
                    .mul(factor)
                    .intoMemorySegment(rows.result(), to + lane, ORDER);
        }
    }
}
