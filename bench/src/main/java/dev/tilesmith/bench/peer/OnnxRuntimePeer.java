package dev.tilesmith.bench.peer;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.tilesmith.bench.work.Operands;
import dev.tilesmith.bench.work.Operation;
import dev.tilesmith.bench.work.Work;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Map;

/**
 * ONNX Runtime: a graph of one product with constant weights, which it packs when the session is made. Input and
 * output are tensors over the caller's memory, made once.
 */
final class OnnxRuntimePeer implements Peer {
    @Override
    public String name() {
        return "onnxruntime";
    }

    @Override
    public boolean supports(Work work) {
        return switch (work.operation()) {
            case F32_MATMUL, INT8_MATMUL, STATIC_INT8_MATMUL, INT4_MATMUL -> true;
            case Q8_0_MATMUL, Q4_0_MATMUL, Q4_1_MATMUL, F16_MATMUL, BF16_MATMUL, F16_ROWS_MATMUL, BF16_ROWS_MATMUL ->
                false;
        };
    }

    @Override
    public Prepared prepare(Operation operation, Operands operands, int threads) {
        final byte[] model =
                switch (operation) {
                    case F32_MATMUL -> OnnxGraph.matMul(operands);
                    case INT8_MATMUL -> OnnxGraph.dynamicallyQuantized(operands);
                    case STATIC_INT8_MATMUL -> OnnxGraph.qLinearMatMul(operands);
                    case INT4_MATMUL -> OnnxGraph.matMulNBits(operands);
                    case Q8_0_MATMUL,
                            Q4_0_MATMUL,
                            Q4_1_MATMUL,
                            F16_MATMUL,
                            BF16_MATMUL,
                            F16_ROWS_MATMUL,
                            BF16_ROWS_MATMUL -> throw Peer.unsupported(operation);
                };
        try {
            return new Ready(environment(), model, variant(operation), operands, threads);
        } catch (OrtException e) {
            throw new IllegalStateException("ONNX Runtime refused the graph", e);
        }
    }

    private static String variant(Operation operation) {
        return switch (operation) {
            case F32_MATMUL -> "MatMul";
            case INT8_MATMUL -> "DynamicQuantizeLinear, MatMulInteger";
            case STATIC_INT8_MATMUL -> "QLinearMatMul";
            case INT4_MATMUL -> "MatMulNBits";
            case Q8_0_MATMUL, Q4_0_MATMUL, Q4_1_MATMUL, F16_MATMUL, BF16_MATMUL, F16_ROWS_MATMUL, BF16_ROWS_MATMUL ->
                throw Peer.unsupported(operation);
        };
    }

    private static OrtEnvironment environment() {
        try {
            return OrtEnvironment.getEnvironment();
        } catch (LinkageError | RuntimeException e) {
            throw new PeerUnavailableException("its library cannot be loaded", e);
        }
    }

    private static final class Ready implements Prepared {
        private final Ends ends;
        private final String variant;
        private final OrtSession session;
        private final Map<String, OnnxTensor> inputs;
        private final Map<String, OnnxTensor> outputs;

        Ready(OrtEnvironment environment, byte[] model, String variant, Operands operands, int threads)
                throws OrtException {
            this.variant = variant;
            this.ends = Ends.unsigned(operands);
            try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
                options.setIntraOpNumThreads(threads);
                options.setInterOpNumThreads(1);
                if (operands.shape().cold()) {
                    // Each copy is a session of its own, whose threads would spin on while another has its turn.
                    options.addConfigEntry("session.force_spinning_stop", "1");
                }
                this.session = environment.createSession(model, options);
            }
            final int m = operands.shape().m();
            this.inputs = Map.of(
                    OnnxGraph.INPUT,
                    tensor(environment, ends.lhs(), m, operands.shape().k()));
            this.outputs = Map.of(
                    OnnxGraph.OUTPUT,
                    tensor(environment, ends.dst(), m, operands.shape().n()));
        }

        private OnnxTensor tensor(OrtEnvironment environment, MemorySegment data, long rows, long columns)
                throws OrtException {
            final ByteBuffer bytes = data.asByteBuffer().order(ByteOrder.nativeOrder());
            final long[] extents = {rows, columns};
            return ends.bytes()
                    ? OnnxTensor.createTensor(environment, bytes, extents, OnnxJavaType.UINT8)
                    : OnnxTensor.createTensor(environment, bytes.asFloatBuffer(), extents);
        }

        @Override
        public void run() {
            try (OrtSession.Result _ = session.run(inputs, outputs)) {
                // The result is in the tensor that was given.
            } catch (OrtException e) {
                throw new IllegalStateException("ONNX Runtime failed", e);
            }
        }

        @Override
        public MemorySegment result() {
            return ends.result();
        }

        @Override
        public String variant() {
            return variant;
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
}
