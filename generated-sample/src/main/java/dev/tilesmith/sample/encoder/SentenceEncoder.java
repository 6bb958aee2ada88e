package dev.tilesmith.sample.encoder;

import dev.tilesmith.runtime.MatMulKernel;
import dev.tilesmith.runtime.Matrix;
import dev.tilesmith.runtime.PackedRhs;
import dev.tilesmith.runtime.RunOptions;
import dev.tilesmith.sample.model.BertWeights;
import dev.tilesmith.sample.model.EmbeddingTable;
import dev.tilesmith.sample.model.LayerNorm;
import dev.tilesmith.sample.rows.RowMath;
import dev.tilesmith.sample.rows.SentenceRows;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;

/**
 * Sentences to vectors: the layers of a BERT encoder, the mean over a sentence's tokens, scaled to length 1.
 *
 * <p>Several sentences run together, their tokens as the rows of one matrix: the products are of more rows, and there is
 * no padding to mask. An encoder has the memory for its intermediate results, and so serves one thread at a time; any
 * number of encoders share one {@link PackedModel}.
 */
public final class SentenceEncoder {
    /** Floats between rows of query, key and value: one cache line, or the rows of a head would meet in few sets. */
    private static final int ROW_GAP = 16;

    private static final ValueLayout.OfFloat FLOAT = ValueLayout.JAVA_FLOAT;

    private final PackedModel model;
    private final RowMath math;
    private final RunOptions options;
    private final int hidden;
    private final int inner;
    private final int capacity;
    private final int qkvStride;

    /** A row for each place in a sentence: the embedding of the place, and that of token type 0. */
    private final MemorySegment places;

    private final MemorySegment x;
    private final MemorySegment attended;
    private final MemorySegment queryKeyValue;
    private final MemorySegment context;
    private final MemorySegment between;
    private final MemorySegment scratch;

    /** An encoder on the calling thread. */
    public SentenceEncoder(PackedModel model) {
        this(model, RowMath.best(), RunOptions.DEFAULT);
    }

    /**
     * An encoder.
     *
     * @param model the packed weights
     * @param math what is computed besides products
     * @param options how the products run, on how many threads for example
     */
    public SentenceEncoder(PackedModel model, RowMath math, RunOptions options) {
        final BertWeights weights = model.weights();
        this.model = model;
        this.math = math;
        this.options = options;
        this.hidden = weights.hidden();
        this.inner = weights.inner();
        this.capacity = weights.positions().rows();
        this.qkvStride = 3 * hidden + ROW_GAP;
        final Arena arena = Arena.ofAuto();
        this.places = places(weights, arena);
        this.x = floats(arena, (long) capacity * hidden);
        this.attended = floats(arena, (long) capacity * hidden);
        this.queryKeyValue = floats(arena, (long) capacity * qkvStride);
        this.context = floats(arena, (long) capacity * hidden);
        this.between = floats(arena, (long) capacity * inner);
        this.scratch = floats(arena, RowMath.scratchFloats(capacity, weights.headWidth()));
    }

    /** Length of a sentence's vector. */
    public int width() {
        return hidden;
    }

    /** Most tokens that a sentence may have. */
    public int maxTokens() {
        return capacity;
    }

    /** The vector of one sentence. */
    public float[] encode(int[] tokens) {
        return encode(List.of(tokens)).getFirst();
    }

    /**
     * The vectors of sentences, in their order.
     *
     * @param sentences the tokens of each, with the special ones at both ends
     * @throws IllegalArgumentException if a sentence has no token, too many, or one that the model does not know
     */
    public List<float[]> encode(List<int[]> sentences) {
        sentences.forEach(this::check);
        final List<float[]> vectors = new ArrayList<>(sentences.size());
        for (final Batch batch : Batch.of(sentences, capacity)) {
            embed(batch);
            for (final PackedModel.Layer layer : model.layers()) {
                run(layer, batch);
            }
            for (int i = 0; i < batch.sentences().size(); i++) {
                final float[] vector = new float[hidden];
                math.pool(x, (long) batch.firstRows().get(i) * hidden, batch.sentenceRows(i), vector);
                vectors.add(vector);
            }
        }
        return vectors;
    }

    /**
     * Runs one layer alone, on a sentence's rows.
     *
     * @param layer which, from 0
     * @param rows the layer's input, {@code tokens × width}, dense
     * @param tokens number of rows
     * @return the layer's output, of the same shape
     */
    public float[] runLayer(int layer, float[] rows, int tokens) {
        if (tokens < 1 || tokens > capacity || rows.length != tokens * hidden) {
            throw new IllegalArgumentException("rows: " + rows.length + " floats for " + tokens
                    + " tokens; expected 1 to " + capacity + " tokens of " + hidden);
        }
        MemorySegment.copy(rows, 0, x, FLOAT, 0, rows.length);
        run(model.layers().get(layer), new Batch(List.of(new int[tokens]), List.of(0), tokens));
        return x.asSlice(0, (long) rows.length * Float.BYTES).toArray(FLOAT);
    }

    private void check(int[] tokens) {
        if (tokens.length == 0 || tokens.length > capacity) {
            throw new IllegalArgumentException(
                    "tokens: " + tokens.length + " of them; expected 1 to " + capacity + " for a sentence");
        }
        final int known = model.weights().words().rows();
        for (final int token : tokens) {
            if (token < 0 || token >= known) {
                throw new IllegalArgumentException("tokens: " + token + "; the model knows 0 to " + (known - 1));
            }
        }
    }

    private void embed(Batch batch) {
        final LayerNorm norm = model.weights().embeddingNorm();
        for (int i = 0; i < batch.sentences().size(); i++) {
            final long first = (long) batch.firstRows().get(i) * hidden;
            final int[] tokens = batch.sentences().get(i);
            for (int place = 0; place < tokens.length; place++) {
                copyWord(model.weights().words(), tokens[place], x, first + (long) place * hidden);
            }
            math.addAndNorm(x, first, places, 0, tokens.length, norm.gamma(), norm.beta(), norm.epsilon());
        }
    }

    private void run(PackedModel.Layer layer, Batch batch) {
        final int rows = batch.rows();
        multiply(x, rows, layer.queryKeyValue(), queryKeyValue, qkvStride);
        for (int i = 0; i < batch.sentences().size(); i++) {
            final long first = batch.firstRows().get(i);
            final SentenceRows sentence = new SentenceRows(
                    queryKeyValue, first * qkvStride, qkvStride, context, first * hidden, batch.sentenceRows(i));
            math.attend(sentence, model.weights().heads(), model.weights().headWidth(), scratch);
        }
        multiply(context, rows, layer.attentionOutput(), attended, hidden);
        addAndNorm(attended, x, rows, layer.attentionNorm());
        multiply(attended, rows, layer.feedForwardIn(), between, inner);
        math.gelu(between, (long) rows * inner);
        multiply(between, rows, layer.feedForwardOut(), x, hidden);
        addAndNorm(x, attended, rows, layer.outputNorm());
    }

    private void multiply(MemorySegment from, int rows, PackedRhs weights, MemorySegment to, int stride) {
        final MatMulKernel kernel = model.kernel();
        kernel.run(Matrix.of(from, rows, weights.k()), weights, Matrix.of(to, 0, rows, weights.n(), stride), options);
    }

    private void addAndNorm(MemorySegment to, MemorySegment residual, int rows, LayerNorm norm) {
        math.addAndNorm(to, 0, residual, 0, rows, norm.gamma(), norm.beta(), norm.epsilon());
    }

    private static MemorySegment places(BertWeights weights, Arena arena) {
        final EmbeddingTable positions = weights.positions();
        final EmbeddingTable types = weights.tokenTypes();
        final int width = weights.hidden();
        final MemorySegment places = floats(arena, (long) positions.rows() * width);
        for (int row = 0; row < positions.rows(); row++) {
            for (int column = 0; column < width; column++) {
                places.setAtIndex(
                        FLOAT, (long) row * width + column, types.get(0, column) + positions.get(row, column));
            }
        }
        return places;
    }

    private static void copyWord(EmbeddingTable words, int token, MemorySegment to, long offset) {
        final byte[] values = words.values();
        final int width = words.width();
        final int from = token * width;
        final int shift = words.offset();
        final float scale = words.scale();
        for (int i = 0; i < width; i++) {
            to.setAtIndex(FLOAT, offset + i, (values[from + i] + shift) * scale);
        }
    }

    private static MemorySegment floats(Arena arena, long count) {
        return arena.allocate(count * Float.BYTES, 64);
    }
}
