package dev.tilesmith.sample.encoder;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tilesmith.sample.model.BertWeights;
import dev.tilesmith.sample.onnx.BertReader;
import dev.tilesmith.sample.search.EncoderLinearKernels;
import dev.tilesmith.sample.search.ModelFiles;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each layer against ONNX Runtime, on the same dequantized weights in f32. */
class LayerOutputTest {
    private static final double TOLERANCE = 1e-4;
    private static final int[] TOKENS = {1, 2, 7, 16, 17, 33, 128, 512};

    private static final BertWeights WEIGHTS = BertReader.read(ModelFiles.model());
    private static final SentenceEncoder ENCODER =
            new SentenceEncoder(PackedModel.pack(WEIGHTS, EncoderLinearKernels.best(), Precision.F32));

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 5})
    void isThatOfOnnxRuntime(int layer) throws Exception {
        final Random random = new Random(layer);
        try (OnnxF32Encoder peer = new OnnxF32Encoder(WEIGHTS)) {
            for (final int tokens : TOKENS) {
                final float[] rows = new float[tokens * WEIGHTS.hidden()];
                for (int i = 0; i < rows.length; i++) {
                    rows[i] = (float) random.nextGaussian();
                }
                final float[] expected = peer.runLayer(layer, rows, tokens);
                final double difference = difference(expected, ENCODER.runLayer(layer, rows, tokens));
                assertTrue(difference <= TOLERANCE, "layer " + layer + ", " + tokens + " tokens: " + difference);
            }
        }
    }

    /** Largest difference, relative to the largest value; infinite where either is not a number. */
    private static double difference(float[] expected, float[] actual) {
        double largest = 0;
        double difference = 0;
        for (int i = 0; i < expected.length; i++) {
            largest = Math.max(largest, Math.abs(expected[i]));
            final double here = Math.abs(expected[i] - actual[i]);
            difference = Double.isNaN(here) ? Double.POSITIVE_INFINITY : Math.max(difference, here);
        }
        return difference / largest;
    }
}
