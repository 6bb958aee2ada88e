package dev.tilesmith.sample.search;

import dev.tilesmith.sample.encoder.PackedModel;
import dev.tilesmith.sample.encoder.Precision;
import dev.tilesmith.sample.encoder.SentenceEncoder;
import dev.tilesmith.sample.model.BertWeights;
import dev.tilesmith.sample.onnx.BertReader;
import dev.tilesmith.sample.peer.OnnxRuntimeEncoder;
import dev.tilesmith.sample.text.WordPieces;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Searches a text by meaning: all-MiniLM-L6-v2 on kernels that javac made of {@link EncoderLinear}.
 *
 * <p>Prints which kernel runs and why, the passages nearest to each query, tokens per second, and the distance from ONNX
 * Runtime's run of the same file.
 */
public final class SemanticSearch {
    /** What the model was trained on; it would take twice as many. */
    private static final int MAX_TOKENS = 256;

    private static final int HITS = 3;
    private static final double MEASURE_SECONDS = 3;

    private SemanticSearch() {}

    /**
     * Runs the search.
     *
     * @param args the path of a text file, then queries; {@code -}, or none, means the default
     */
    public static void main(String[] args) throws Exception {
        final Arguments arguments;
        try {
            arguments = Arguments.of(args);
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
            System.exit(2);
            return;
        }
        IO.println(EncoderLinearKernels.table().explain());

        final byte[] file = ModelFiles.model();
        final BertWeights weights = BertReader.read(file);
        final PackedModel model = PackedModel.pack(weights, EncoderLinearKernels.best(), Precision.F32);
        final SentenceEncoder encoder = new SentenceEncoder(model);
        try (WordPieces pieces = new WordPieces(ModelFiles.tokenizer(), MAX_TOKENS);
                OnnxRuntimeEncoder peer = new OnnxRuntimeEncoder(file, 1)) {
            final List<int[]> sentences =
                    arguments.passages().stream().map(pieces::tokens).toList();
            final Timing<List<float[]>> ours = Timing.of(MEASURE_SECONDS, () -> encoder.encode(sentences));
            final Timing<List<float[]>> theirs = Timing.of(MEASURE_SECONDS, () -> encodeAll(peer, sentences));

            final Index index = new Index(arguments.passages(), ours.result());
            for (final String query : arguments.queries()) {
                print(query, index.nearest(encoder.encode(pieces.tokens(query)), HITS));
            }
            IO.println("One thread, best of " + MEASURE_SECONDS + " s:");
            IO.println("  Tilesmith, f32                        " + ours.rate(sentences));
            IO.println("  ONNX Runtime, int8, a sentence a call " + theirs.rate(sentences));
            IO.println("Distance from ONNX Runtime, which quantizes activations:");
            IO.println("  " + Cosine.between(ours.result(), theirs.result()));
        }
    }

    private static List<float[]> encodeAll(OnnxRuntimeEncoder peer, List<int[]> sentences) throws Exception {
        final List<float[]> vectors = new ArrayList<>(sentences.size());
        for (final int[] sentence : sentences) {
            vectors.add(peer.encode(sentence));
        }
        return vectors;
    }

    private static void print(String query, List<Index.Hit> hits) {
        IO.println("? " + query);
        for (final Index.Hit hit : hits) {
            IO.println(String.format(Locale.ROOT, "  %.3f  %s", hit.score(), hit.passage()));
        }
        IO.println();
    }
}
