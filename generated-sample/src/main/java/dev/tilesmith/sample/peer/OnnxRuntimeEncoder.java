package dev.tilesmith.sample.peer;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Sentence vectors by ONNX Runtime, one sentence at a time: its own run of the file, then mean and length 1. */
public final class OnnxRuntimeEncoder implements AutoCloseable {
    private final OrtEnvironment environment = OrtEnvironment.getEnvironment();
    private final OrtSession session;

    /** Runs the model in {@code file} on {@code threads} threads. */
    public OnnxRuntimeEncoder(byte[] file, int threads) throws OrtException {
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            options.setIntraOpNumThreads(threads);
            options.setInterOpNumThreads(1);
            this.session = environment.createSession(file, options);
        }
    }

    /** The vectors of sentences, in their order. */
    public List<float[]> encode(List<int[]> sentences) throws OrtException {
        final List<float[]> vectors = new ArrayList<>(sentences.size());
        for (final int[] sentence : sentences) {
            vectors.add(encode(sentence));
        }
        return vectors;
    }

    /** The vector of one sentence. */
    public float[] encode(int[] tokens) throws OrtException {
        final long[] ids = Arrays.stream(tokens).asLongStream().toArray();
        final long[] mask = new long[ids.length];
        Arrays.fill(mask, 1);
        try (OnnxTensor idTensor = row(ids);
                OnnxTensor maskTensor = row(mask);
                OnnxTensor types = row(new long[ids.length]);
                OrtSession.Result result = session.run(
                        Map.of("input_ids", idTensor, "attention_mask", maskTensor, "token_type_ids", types))) {
            return mean(((OnnxTensor) result.get(0)).getFloatBuffer(), ids.length);
        }
    }

    private OnnxTensor row(long[] values) throws OrtException {
        return OnnxTensor.createTensor(environment, new long[][] {values});
    }

    private static float[] mean(FloatBuffer hidden, int rows) {
        final double[] sum = new double[hidden.remaining() / rows];
        final float[] row = new float[sum.length];
        for (int i = 0; i < rows; i++) {
            hidden.get(row);
            for (int column = 0; column < sum.length; column++) {
                sum[column] += row[column];
            }
        }
        final double length =
                Math.sqrt(Arrays.stream(sum).map(value -> value * value).sum());
        final float[] vector = new float[sum.length];
        for (int column = 0; column < sum.length; column++) {
            vector[column] = (float) (sum[column] / length);
        }
        return vector;
    }

    @Override
    public void close() throws OrtException {
        session.close();
    }
}
