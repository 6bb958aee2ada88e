package dev.tilesmith.sample.rows;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RowMathTest {
    private static final int HEADS = 3;
    private static final int HEAD_WIDTH = 32;
    private static final int HIDDEN = HEADS * HEAD_WIDTH;
    private static final int STRIDE = 3 * HIDDEN + 16;

    private final Random random = new Random(1);

    @Test
    void vectorsAreChosenWhereTheyAre() {
        assertInstanceOf(VectorRowMath.class, RowMath.best());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7, 8, 9, 15, 16, 17, 31, 33, 64, 129})
    void weightsOfEachQuerySumToOne(int tokens) {
        final MemorySegment scores = floats(tokens * Attention.QUERIES, 30);
        final MemorySegment reciprocals = floats(Attention.QUERIES, 0);
        final long lanes = VectorMath.SPECIES.length();
        for (long lane = 0; lane < Attention.QUERIES; lane += lanes) {
            Attention.softmax(scores, lane * Float.BYTES, tokens, reciprocals);
        }
        for (int query = 0; query < Attention.QUERIES; query++) {
            double sum = 0;
            for (int key = 0; key < tokens; key++) {
                sum += get(scores, key * Attention.QUERIES + query);
            }
            assertEquals(1, sum * get(reciprocals, query), 1e-6, "query " + query);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7, 8, 9, 15, 16, 17, 31, 33, 64, 129})
    void attentionIsTheScalarOne(int tokens) {
        final MemorySegment qkv = floats(tokens * STRIDE, 2);
        final MemorySegment vector = floats(tokens * HIDDEN, 0);
        final MemorySegment scalar = floats(tokens * HIDDEN, 0);
        final MemorySegment scratch = floats((int) RowMath.scratchFloats(tokens, HEAD_WIDTH), 0);
        new VectorRowMath().attend(new SentenceRows(qkv, 0, STRIDE, vector, 0, tokens), HEADS, HEAD_WIDTH, scratch);
        new ScalarRowMath().attend(new SentenceRows(qkv, 0, STRIDE, scalar, 0, tokens), HEADS, HEAD_WIDTH, scratch);
        assertSame(scalar, vector, tokens * HIDDEN);
    }

    @Test
    void attentionLeavesOtherSentencesAlone() {
        final MemorySegment qkv = floats(40 * STRIDE, 1);
        final MemorySegment out = floats(40 * HIDDEN, 0);
        final MemorySegment scratch = floats((int) RowMath.scratchFloats(40, HEAD_WIDTH), 0);
        final SentenceRows middle = new SentenceRows(qkv, 10L * STRIDE, STRIDE, out, 10L * HIDDEN, 19);
        new VectorRowMath().attend(middle, HEADS, HEAD_WIDTH, scratch);
        for (int i = 0; i < 40 * HIDDEN; i++) {
            final boolean written = get(out, i) != 0;
            assertEquals(i >= 10 * HIDDEN && i < 29 * HIDDEN, written, "float " + i);
        }
    }

    @Test
    void normGeluAndPoolingAreTheScalarOnes() {
        final int rows = 5;
        final float[] gamma = new float[HIDDEN];
        final float[] beta = new float[HIDDEN];
        for (int i = 0; i < HIDDEN; i++) {
            gamma[i] = random.nextFloat();
            beta[i] = random.nextFloat() - 0.5f;
        }
        final MemorySegment x = floats(rows * HIDDEN, 3);
        final MemorySegment y = floats(rows * HIDDEN, 3);
        final MemorySegment copy = Arena.ofAuto().allocate(x.byteSize(), 64).copyFrom(x);
        final RowMath vector = new VectorRowMath();
        final RowMath scalar = new ScalarRowMath();

        vector.addAndNorm(x, 0, y, 0, rows, gamma, beta, 1e-12f);
        scalar.addAndNorm(copy, 0, y, 0, rows, gamma, beta, 1e-12f);
        assertSame(copy, x, rows * HIDDEN);
        vector.gelu(x, rows * HIDDEN);
        scalar.gelu(copy, rows * HIDDEN);
        assertSame(copy, x, rows * HIDDEN);
        final float[] ours = new float[HIDDEN];
        final float[] theirs = new float[HIDDEN];
        vector.pool(x, HIDDEN, rows - 1, ours);
        scalar.pool(copy, HIDDEN, rows - 1, theirs);
        assertSame(MemorySegment.ofArray(theirs), MemorySegment.ofArray(ours), HIDDEN);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 15, 16, 17, 97})
    void powersAreTheScalarOnes(int length) {
        final float[] ours = floats(length, 20).toArray(ValueLayout.JAVA_FLOAT);
        final float[] theirs = ours.clone();
        new VectorRowMath().powers(ours, 90, 1.5f);
        new ScalarRowMath().powers(theirs, 90, 1.5f);
        assertSame(MemorySegment.ofArray(theirs), MemorySegment.ofArray(ours), length);
    }

    private MemorySegment floats(int count, double spread) {
        final MemorySegment floats = Arena.ofAuto().allocate((long) count * Float.BYTES, 64);
        for (int i = 0; i < count; i++) {
            floats.setAtIndex(ValueLayout.JAVA_FLOAT, i, (float) (random.nextGaussian() * spread));
        }
        return floats;
    }

    private static float get(MemorySegment from, long index) {
        return from.getAtIndex(ValueLayout.JAVA_FLOAT, index);
    }

    /** The same bits. */
    private static void assertSame(MemorySegment expected, MemorySegment actual, int count) {
        for (int i = 0; i < count; i++) {
            assertEquals(Float.floatToIntBits(get(expected, i)), Float.floatToIntBits(get(actual, i)), "float " + i);
        }
    }
}
