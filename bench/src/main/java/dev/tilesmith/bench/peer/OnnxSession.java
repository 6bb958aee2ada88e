package dev.tilesmith.bench.peer;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.Map;

/** A graph that is ready to run, on tensors over the caller's memory that are made once. */
final class OnnxSession implements AutoCloseable {
    private final OrtEnvironment environment = environment();
    private final OrtSession session;
    private final Map<String, OnnxTensor> inputs = new HashMap<>();
    private final Map<String, OnnxTensor> outputs = new HashMap<>();

    /** What threads of a session do when it has nothing to do. */
    enum Idle {
        /** They wait awake. */
        SPIN("0"),
        /** They stop, for another session has its turn. */
        STOP("1");

        private final String forceStop;

        Idle(String forceStop) {
            this.forceStop = forceStop;
        }
    }

    /** A session on so many threads, without tensors as yet. */
    OnnxSession(byte[] model, int threads, Idle idle) {
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            options.setIntraOpNumThreads(threads);
            options.setInterOpNumThreads(1);
            options.addConfigEntry("session.force_spinning_stop", idle.forceStop);
            this.session = environment.createSession(model, options);
        } catch (OrtException e) {
            throw new IllegalStateException("ONNX Runtime refused the graph", e);
        }
    }

    private static OrtEnvironment environment() {
        try {
            return OrtEnvironment.getEnvironment();
        } catch (LinkageError | RuntimeException e) {
            throw new PeerUnavailableException("its library cannot be loaded", e);
        }
    }

    /** Gives an input its memory. */
    OnnxSession input(String name, OnnxJavaType type, MemorySegment data, long... extents) {
        inputs.put(name, tensor(type, data, extents));
        return this;
    }

    /** Gives an output its memory. */
    OnnxSession output(String name, OnnxJavaType type, MemorySegment data, long... extents) {
        outputs.put(name, tensor(type, data, extents));
        return this;
    }

    private OnnxTensor tensor(OnnxJavaType type, MemorySegment data, long... extents) {
        final ByteBuffer bytes = data.asByteBuffer().order(ByteOrder.nativeOrder());
        try {
            return OnnxTensor.createTensor(environment, bytes, extents, type);
        } catch (OrtException e) {
            throw new IllegalStateException("ONNX Runtime refused a tensor", e);
        }
    }

    /** Runs the graph. */
    void run() {
        try (OrtSession.Result _ = session.run(inputs, outputs)) {
            // The result is in the tensor that was given.
        } catch (OrtException e) {
            throw new IllegalStateException("ONNX Runtime failed", e);
        }
    }

    @Override
    public void close() {
        inputs.values().forEach(OnnxTensor::close);
        outputs.values().forEach(OnnxTensor::close);
        try {
            session.close();
        } catch (OrtException e) {
            throw new IllegalStateException("ONNX Runtime's session does not close", e);
        }
    }
}
