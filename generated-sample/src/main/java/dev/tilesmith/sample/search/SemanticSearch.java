package dev.tilesmith.sample.search;

import dev.tilesmith.sample.encoder.PackedModel;
import dev.tilesmith.sample.encoder.Precision;
import dev.tilesmith.sample.encoder.SentenceEncoder;
import dev.tilesmith.sample.model.BertWeights;
import dev.tilesmith.sample.onnx.BertReader;
import dev.tilesmith.sample.peer.OnnxRuntimeEncoder;
import dev.tilesmith.sample.text.WordPieces;
import java.util.List;

/**
 * Searches a text by meaning: all-MiniLM-L6-v2 on kernels that javac made of {@link EncoderInt8Linear}, {@link
 * EncoderF16Linear} and {@link EncoderLinear}.
 *
 * <p>Prints which kernels run and why, the passages nearest to each query, how all precisions compare with ONNX Runtime's run of
 * the same file, in speed and in results, and how far results are from those in f32.
 */
public final class SemanticSearch {
    /** What the model was trained on; it would take twice as many. */
    private static final int MAX_TOKENS = 256;

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
        IO.println(EncoderInt8LinearKernels.table().explain());
        IO.println(EncoderF16LinearKernels.table().explain());
        IO.println(EncoderLinearKernels.table().explain());

        final byte[] file = ModelFiles.model();
        final BertWeights weights = BertReader.read(file);
        final PackedModel int8 = PackedModel.pack(weights, EncoderInt8LinearKernels.best(), Precision.INT8);
        final PackedModel f16 = PackedModel.pack(weights, EncoderF16LinearKernels.best(), Precision.F16);
        final PackedModel f32 = PackedModel.pack(weights, EncoderLinearKernels.best(), Precision.F32);
        try (WordPieces pieces = new WordPieces(ModelFiles.tokenizer(), MAX_TOKENS);
                OnnxRuntimeEncoder peer = new OnnxRuntimeEncoder(file, 1)) {
            final Encoding exact = new Encoding("Tilesmith, f32", new SentenceEncoder(f32)::encode);
            final Encoding theirs = new Encoding("ONNX Runtime, int8", peer::encode);
            final List<Encoding> encodings = List.of(
                    new Encoding("Tilesmith, int8", new SentenceEncoder(int8)::encode),
                    new Encoding("Tilesmith, f16 weights", new SentenceEncoder(f16)::encode),
                    exact,
                    theirs);
            final List<int[]> sentences =
                    arguments.passages().stream().map(pieces::tokens).toList();
            final Comparison comparison = new Comparison(encodings, arguments.passages(), sentences);
            IO.println("Cosines by "
                    + String.join("; ", encodings.stream().map(Encoding::name).toList()) + ".");
            for (final String query : arguments.queries()) {
                IO.println(comparison.search(query, pieces.tokens(query)));
            }
            IO.println(comparison.speed());
            IO.println(comparison.distances(theirs));
            IO.println(comparison.distances(exact));
        }
    }
}
