package dev.tilesmith.sample.search;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tilesmith.sample.encoder.OnnxF32Encoder;
import dev.tilesmith.sample.encoder.PackedModel;
import dev.tilesmith.sample.encoder.Precision;
import dev.tilesmith.sample.encoder.SentenceEncoder;
import dev.tilesmith.sample.onnx.BertReader;
import dev.tilesmith.sample.peer.OnnxRuntimeEncoder;
import dev.tilesmith.sample.text.WordPieces;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Sentence vectors in f32 and in int8 against ONNX Runtime's, which quantizes activations by one scale for all rows; and those of
 * weights in F16 against f32's.
 */
class SentenceDistanceTest {
    private static final int SENTENCES = 200;
    private static final double LEAST_COSINE = 0.98;

    private static final SentenceEncoder ENCODER = new SentenceEncoder(
            PackedModel.pack(BertReader.read(ModelFiles.model()), EncoderLinearKernels.best(), Precision.F32));

    private static final SentenceEncoder F16_ENCODER = new SentenceEncoder(
            PackedModel.pack(BertReader.read(ModelFiles.model()), EncoderF16LinearKernels.best(), Precision.F16));

    private static final SentenceEncoder INT8_ENCODER = new SentenceEncoder(
            PackedModel.pack(BertReader.read(ModelFiles.model()), EncoderInt8LinearKernels.best(), Precision.INT8));

    /**
     * The file's own run quantizes activations with one scale for all tokens, which now and then costs it more than
     * usual; hence the 1 % quantile, and the next test, which says that such a distance is not ours.
     */
    @Test
    void vectorsAreNearOnnxRuntimesRunOfTheFile() throws Exception {
        final List<int[]> tokens = tokens(sentences());
        final List<float[]> theirs;
        try (OnnxRuntimeEncoder peer = new OnnxRuntimeEncoder(ModelFiles.model(), 1)) {
            theirs = peer.encode(tokens);
        }
        final Cosine f32 = Cosine.between(ENCODER.encode(tokens), theirs);
        final Cosine int8 = Cosine.between(INT8_ENCODER.encode(tokens), theirs);
        System.out.println("Distance of f32 from ONNX Runtime's run of the file: " + f32);
        System.out.println("Distance of int8 from ONNX Runtime's run of the file: " + int8);
        for (final Cosine cosine : List.of(f32, int8)) {
            assertTrue(cosine.quantile(0.01) >= LEAST_COSINE, cosine.toString());
            assertTrue(cosine.quantile(0) >= LEAST_COSINE - 0.005, cosine.toString());
        }
    }

    /** A scale for each row costs less than one for all of them: int8 stays nearer to f32 than the file's own run. */
    @Test
    void int8IsNearerToF32ThanOnnxRuntimesRunOfTheFile() throws Exception {
        final List<int[]> tokens = tokens(sentences());
        final List<float[]> exact = ENCODER.encode(tokens);
        final List<float[]> theirs;
        try (OnnxRuntimeEncoder peer = new OnnxRuntimeEncoder(ModelFiles.model(), 1)) {
            theirs = peer.encode(tokens);
        }
        final Cosine ours = Cosine.between(INT8_ENCODER.encode(tokens), exact);
        final Cosine peers = Cosine.between(theirs, exact);
        System.out.println("Distance of int8 from f32: " + ours);
        assertTrue(ours.mean() > peers.mean(), ours + "; ONNX Runtime: " + peers);
        assertTrue(ours.quantile(0) > peers.quantile(0), ours + "; ONNX Runtime: " + peers);
    }

    /** Weights that keep 11 bits of 24 leave vectors nearer to f32's by thousands of times than int8 does. */
    @Test
    void f16WeightsStayNearF32() {
        final List<int[]> tokens = tokens(sentences());
        final List<float[]> vectors = F16_ENCODER.encode(tokens);
        final List<float[]> exact = ENCODER.encode(tokens);
        final Cosine cosine = Cosine.between(vectors, exact);
        System.out.println("Distance of f16 weights from f32: " + cosine);
        assertTrue(cosine.quantile(0) >= 1 - 1e-6, cosine.toString());
        for (int i = 0; i < vectors.size(); i++) {
            assertFalse(Arrays.equals(exact.get(i), vectors.get(i)), "weights were not rounded");
        }
    }

    @Test
    void vectorsAreOnnxRuntimesWhereItRunsInF32() throws Exception {
        final List<int[]> tokens = tokens(sentences());
        final List<float[]> theirs = new ArrayList<>();
        try (OnnxF32Encoder peer = new OnnxF32Encoder(BertReader.read(ModelFiles.model()))) {
            for (final int[] sentence : tokens) {
                theirs.add(peer.encode(sentence));
            }
        }
        final Cosine cosine = Cosine.between(ENCODER.encode(tokens), theirs);
        System.out.println("Distance from ONNX Runtime in f32: " + cosine);
        assertTrue(cosine.quantile(0) >= 1 - 1e-6, cosine.toString());
    }

    @Test
    void aSentenceAloneHasTheVectorItHasAmongOthers() {
        final List<int[]> tokens = tokens(sentences().subList(0, 60));
        final List<float[]> together = ENCODER.encode(tokens);
        for (int i = 0; i < tokens.size(); i++) {
            assertArrayEquals(together.get(i), ENCODER.encode(tokens.get(i)), "sentence " + i);
        }
    }

    @Test
    void longTextIsCutAndLongSentencesAreRefused() {
        assertEquals(256, tokens(List.of("word ".repeat(1000))).getFirst().length);
        assertEquals(384, ENCODER.encode(new int[512]).length);
        assertThrows(IllegalArgumentException.class, () -> ENCODER.encode(new int[513]));
        assertThrows(IllegalArgumentException.class, () -> ENCODER.encode(new int[0]));
        assertThrows(IllegalArgumentException.class, () -> ENCODER.encode(new int[] {30_522}));
    }

    @Test
    void aQueryFindsWhatItMeans() {
        final List<String> passages = ModelFiles.passages();
        final Index index = new Index(passages, ENCODER.encode(tokens(passages)));
        final float[] query = ENCODER.encode(
                tokens(List.of("How do bees find their way home?")).getFirst());
        assertTrue(index.nearest(query, 1).getFirst().passage().startsWith("Honey bees"));
    }

    /** The sample's passages, and longer texts made of two or five of them. */
    private static List<String> sentences() {
        final List<String> passages = ModelFiles.passages();
        final List<String> sentences = new ArrayList<>(passages);
        for (int i = 0; sentences.size() < SENTENCES; i++) {
            final int count = i % 2 == 0 ? 2 : 5;
            sentences.add(String.join(" ", passages.subList(3 * i, 3 * i + count)));
        }
        return sentences;
    }

    private static List<int[]> tokens(List<String> sentences) {
        try (WordPieces pieces = new WordPieces(ModelFiles.tokenizer(), 256)) {
            return sentences.stream().map(pieces::tokens).toList();
        }
    }
}
