package dev.tilesmith.bench.peer;

import ai.onnxruntime.OnnxJavaType;
import dev.tilesmith.bench.work.Operands;
import dev.tilesmith.bench.work.Operation;
import dev.tilesmith.bench.work.Shape;
import dev.tilesmith.bench.work.Work;
import java.lang.foreign.MemorySegment;

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
        return new Ready(model, variant(operation), operands, threads);
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

    private static final class Ready implements Prepared {
        private final Ends ends;
        private final String variant;
        private final OnnxSession session;

        Ready(byte[] model, String variant, Operands operands, int threads) {
            final Shape shape = operands.shape();
            this.variant = variant;
            this.ends = Ends.unsigned(operands);
            final OnnxJavaType type = ends.bytes() ? OnnxJavaType.UINT8 : OnnxJavaType.FLOAT;
            // Each copy of weights is a session of its own, whose threads would spin on while another has its turn.
            this.session = new OnnxSession(model, threads, shape.cold() ? OnnxSession.Idle.STOP : OnnxSession.Idle.SPIN)
                    .input(OnnxGraph.INPUT, type, ends.lhs(), shape.m(), shape.k())
                    .output(OnnxGraph.OUTPUT, type, ends.dst(), shape.m(), shape.n());
        }

        @Override
        public void run() {
            session.run();
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
            session.close();
        }
    }
}
