package dev.tilesmith.sample.peer;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import com.google.protobuf.InvalidProtocolBufferException;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A network for images by ONNX Runtime: its own run of the file. */
public final class OnnxRuntimeNetwork implements AutoCloseable {
    private final OrtEnvironment environment = OrtEnvironment.getEnvironment();
    private final OrtSession session;

    /** Runs the network in {@code file} on {@code threads} threads. */
    public OnnxRuntimeNetwork(byte[] file, int threads) throws OrtException {
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            options.setIntraOpNumThreads(threads);
            options.setInterOpNumThreads(1);
            this.session = environment.createSession(file, options);
        }
    }

    /**
     * The network in a file with further outputs: values of these names.
     *
     * @throws IllegalArgumentException if the file is no ONNX model
     */
    public static byte[] withOutputs(byte[] file, List<String> names) {
        final ModelProto.Builder model;
        try {
            model = ModelProto.parseFrom(file).toBuilder();
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalArgumentException("file: " + file.length + " bytes that are no ONNX model", e);
        }
        final List<String> outputs = model.getGraph().getOutputList().stream()
                .map(ValueInfoProto::getName)
                .toList();
        names.stream().filter(name -> !outputs.contains(name)).forEach(name -> model.getGraphBuilder()
                .addOutput(ValueInfoProto.newBuilder().setName(name)));
        return model.build().toByteArray();
    }

    /**
     * A value that the network gives.
     *
     * @param shape its dimensions, in the order of the file
     * @param values dense
     */
    public record Output(List<Long> shape, FloatBuffer values) {}

    /**
     * All outputs, by their names, the one of the file first.
     *
     * @param image channels, rows, columns
     * @param height rows
     * @param width columns
     */
    public Map<String, Output> run(FloatBuffer image, int height, int width) throws OrtException {
        final String input = session.getInputNames().iterator().next();
        final long channels = image.remaining() / ((long) height * width);
        try (OnnxTensor tensor = OnnxTensor.createTensor(environment, image, new long[] {1, channels, height, width});
                OrtSession.Result result = session.run(Map.of(input, tensor))) {
            final Map<String, Output> outputs = new LinkedHashMap<>();
            result.forEach(entry -> {
                final OnnxTensor value = (OnnxTensor) entry.getValue();
                final List<Long> shape =
                        Arrays.stream(value.getInfo().getShape()).boxed().toList();
                outputs.put(entry.getKey(), new Output(shape, value.getFloatBuffer()));
            });
            return outputs;
        }
    }

    @Override
    public void close() throws OrtException {
        session.close();
    }
}
