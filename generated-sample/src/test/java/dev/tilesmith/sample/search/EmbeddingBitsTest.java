package dev.tilesmith.sample.search;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tilesmith.runtime.MatMulKernel;
import dev.tilesmith.runtime.Matrix;
import dev.tilesmith.runtime.Weights;
import dev.tilesmith.runtime.Weights.Halves;
import dev.tilesmith.sample.encoder.PackedModel;
import dev.tilesmith.sample.encoder.Precision;
import dev.tilesmith.sample.encoder.SentenceEncoder;
import dev.tilesmith.sample.model.BertWeights;
import dev.tilesmith.sample.model.Projection;
import dev.tilesmith.sample.onnx.BertReader;
import dev.tilesmith.sample.text.WordPieces;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/**
 * Sentence vectors to the last bit: the same on every CPU, with vectors of any length and without. Runs in the JVM of the
 * build, in JVMs held to less, and on emulated Arm CPUs.
 *
 * <p>The digests change with the model and with the order of the sample's additions, with nothing else.
 */
class EmbeddingBitsTest {
    /**
     * A sentence and the vectors it has.
     *
     * @param tokens their number: less than a block of queries, more than one
     * @param f32 SHA-256 of the floats' bits, big-endian, in f32
     * @param int8 the same in int8
     */
    private record Expected(String sentence, int tokens, String f32, String int8) {}

    private static final List<Expected> EXPECTED = List.of(
            new Expected(
                    "Where do bees live?",
                    7,
                    "277e331de0717427c64424c33386019273169ae301dd962196bae1af1c0bda5e",
                    "9b4dcf19c628b84bc86da186b20d8064195ed2f3634df075bd5db703bbad15f9"),
            new Expected(
                    "Zürich's trams run every 7½ minutes.",
                    12,
                    "f013b7bf582ba83356d56d7b3961e77aa9357f990a72aef944ce76af9a642af8",
                    "c9a62e87d1deadf9168b7dd8784afb80347dae033777768dd1e40829b4231eaf"),
            new Expected(
                    "Each sum of a product is rounded in one order, wherever it is computed and by how many threads.",
                    23,
                    "06f98b19e0a05d6183e7818dc3e2fe67b7304a581a7d2136a7a90cce6e2d044a",
                    "20518609c8c1d38eab7ca67651c64a2678f4fc0fe13ac1cd1d29a5bf860f15e2"));

    private static final List<int[]> TOKENS = tokens();
    private static final BertWeights WEIGHTS = BertReader.read(ModelFiles.model());

    @Test
    void tokensAreTheSameEverywhere() {
        assertArrayEquals(
                EXPECTED.stream().mapToInt(Expected::tokens).toArray(),
                TOKENS.stream().mapToInt(tokens -> tokens.length).toArray());
    }

    @Test
    void vectorsInF32AreTheSameBitsEverywhere() {
        assertDigests(
                EXPECTED.stream().map(Expected::f32).toList(), encode(EncoderLinearKernels.best(), Precision.F32));
    }

    @Test
    void vectorsInInt8AreTheSameBitsEverywhere() {
        assertDigests(
                EXPECTED.stream().map(Expected::int8).toList(),
                encode(EncoderInt8LinearKernels.best(), Precision.INT8));
    }

    /** Weights of binary16 are widened exactly: vectors are those of the same weights given as f32. */
    @Test
    void vectorsOfF16WeightsAreThoseOfTheirValuesInF32() {
        final List<float[]> halves = encode(EncoderF16LinearKernels.best(), Precision.F16);
        final List<float[]> widened = encode(EncoderLinearKernels.best(), EmbeddingBitsTest::rounded);
        for (int i = 0; i < halves.size(); i++) {
            assertArrayEquals(widened.get(i), halves.get(i), EXPECTED.get(i).sentence());
        }
    }

    private static Weights rounded(Projection layer) {
        final float[] values = layer.weights().dequantized();
        for (int i = 0; i < values.length; i++) {
            values[i] = Halves.F16.widen(Halves.F16.round(values[i]));
        }
        return Weights.kByN(
                        Matrix.of(values, layer.weights().k(), layer.weights().n()))
                .withBias(layer.bias());
    }

    private static List<int[]> tokens() {
        try (WordPieces pieces = new WordPieces(ModelFiles.tokenizer(), 256)) {
            return EXPECTED.stream().map(Expected::sentence).map(pieces::tokens).toList();
        }
    }

    private static List<float[]> encode(MatMulKernel kernel, Precision precision) {
        return new SentenceEncoder(PackedModel.pack(WEIGHTS, kernel, precision)).encode(TOKENS);
    }

    private static void assertDigests(List<String> expected, List<float[]> vectors) {
        assertAll(IntStream.range(0, expected.size())
                .<Executable>mapToObj(i -> () -> assertEquals(
                        expected.get(i), digest(vectors.get(i)), EXPECTED.get(i).sentence())));
    }

    private static String digest(float[] vector) throws NoSuchAlgorithmException {
        final ByteBuffer bits = ByteBuffer.allocate(vector.length * Float.BYTES);
        for (final float value : vector) {
            bits.putInt(Float.floatToIntBits(value));
        }
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bits.array()));
    }
}
