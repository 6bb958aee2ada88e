package dev.tilesmith.sample.encoder;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.tilesmith.sample.model.BertWeights;
import dev.tilesmith.sample.model.EncoderLayer;
import dev.tilesmith.sample.model.LayerNorm;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The whole encoder by ONNX Runtime in f32, on the dequantized weights; embeddings and pooling in double. */
public final class OnnxF32Encoder implements AutoCloseable {
    private final OrtEnvironment environment = OrtEnvironment.getEnvironment();
    private final List<OrtSession> layers = new ArrayList<>();
    private final BertWeights weights;

    /** Makes a session for each layer. */
    public OnnxF32Encoder(BertWeights weights) throws OrtException {
        this.weights = weights;
        for (final EncoderLayer layer : weights.layers()) {
            layers.add(environment.createSession(OnnxLayer.model(layer, weights.heads(), weights.headWidth())));
        }
    }

    /** Output of one layer for dense rows. */
    float[] runLayer(int layer, float[] rows, int tokens) throws OrtException {
        final long[] shape = {tokens, weights.hidden()};
        try (OnnxTensor x = OnnxTensor.createTensor(environment, FloatBuffer.wrap(rows), shape);
                OrtSession.Result result = layers.get(layer).run(Map.of("x", x))) {
            final float[] values = new float[rows.length];
            ((OnnxTensor) result.get(0)).getFloatBuffer().get(values);
            return values;
        }
    }

    /** The vector of one sentence. */
    public float[] encode(int[] tokens) throws OrtException {
        float[] rows = embed(tokens);
        for (int layer = 0; layer < layers.size(); layer++) {
            rows = runLayer(layer, rows, tokens.length);
        }
        final float[] vector = new float[weights.hidden()];
        double squares = 0;
        for (int column = 0; column < vector.length; column++) {
            double sum = 0;
            for (int row = 0; row < tokens.length; row++) {
                sum += rows[row * vector.length + column];
            }
            vector[column] = (float) sum;
            squares += sum * sum;
        }
        for (int column = 0; column < vector.length; column++) {
            vector[column] = (float) (vector[column] / Math.sqrt(squares));
        }
        return vector;
    }

    private float[] embed(int[] tokens) {
        final LayerNorm norm = weights.embeddingNorm();
        final int width = norm.width();
        final float[] rows = new float[tokens.length * width];
        for (int place = 0; place < tokens.length; place++) {
            final double[] row = new double[width];
            double sum = 0;
            for (int i = 0; i < width; i++) {
                row[i] = (double) weights.words().get(tokens[place], i)
                        + weights.tokenTypes().get(0, i)
                        + weights.positions().get(place, i);
                sum += row[i];
            }
            final double mean = sum / width;
            double squares = 0;
            for (final double value : row) {
                squares += (value - mean) * (value - mean);
            }
            final double deviation = Math.sqrt(squares / width + norm.epsilon());
            for (int i = 0; i < width; i++) {
                rows[place * width + i] = (float) ((row[i] - mean) / deviation * norm.gamma()[i] + norm.beta()[i]);
            }
        }
        return rows;
    }

    @Override
    public void close() throws OrtException {
        for (final OrtSession layer : layers) {
            layer.close();
        }
    }
}
