package dev.tilesmith.bench.peer;

import dev.tilesmith.bench.work.HalfWeights;
import dev.tilesmith.bench.work.Operands;
import dev.tilesmith.bench.work.Operation;
import dev.tilesmith.bench.work.Work;
import java.util.List;

/**
 * ggml, which llama.cpp computes with: {@code ggml_mul_mat} of its library for this generation of CPUs, fetched by npm,
 * with weights in the buffer that llama.cpp would choose.
 */
final class GgmlPeer implements Peer {
    @Override
    public String name() {
        return "ggml";
    }

    @Override
    public boolean supports(Work work) {
        return switch (work.operation()) {
            case F32_MATMUL, Q8_0_MATMUL, Q4_0_MATMUL, Q4_1_MATMUL, F16_MATMUL, BF16_MATMUL -> true;
            case INT8_MATMUL, STATIC_INT8_MATMUL, INT4_MATMUL, F16_ROWS_MATMUL, BF16_ROWS_MATMUL -> false;
        };
    }

    @Override
    public Prepared prepare(Operation operation, Operands operands, int threads) {
        return prepareAll(operation, List.of(operands), threads).getFirst();
    }

    @Override
    public List<Prepared> prepareAll(Operation operation, List<Operands> operands, int threads) {
        final GgmlBackend backend = new GgmlBackend(new Ggml(GgmlLibrary.ofThisHost()), threads);
        return operands.stream()
                .<Prepared>map(own -> new GgmlMatMul(backend, own, source(operation, own)))
                .toList();
    }

    private static GgmlMatMul.Source source(Operation operation, Operands operands) {
        return switch (operation) {
            case F32_MATMUL -> new GgmlMatMul.Source(Ggml.Type.F32, operands.weights());
            case Q8_0_MATMUL -> blocks(Ggml.Type.Q8_0, operands);
            case Q4_0_MATMUL -> blocks(Ggml.Type.Q4_0, operands);
            case Q4_1_MATMUL -> blocks(Ggml.Type.Q4_1, operands);
            case F16_MATMUL -> halves(Ggml.Type.F16, operands);
            case BF16_MATMUL -> halves(Ggml.Type.BF16, operands);
            case INT8_MATMUL, STATIC_INT8_MATMUL, INT4_MATMUL, F16_ROWS_MATMUL, BF16_ROWS_MATMUL ->
                throw Peer.unsupported(operation);
        };
    }

    private static GgmlMatMul.Source blocks(Ggml.Type type, Operands operands) {
        return new GgmlMatMul.Source(type, operands.ggmlBlocks().bytes());
    }

    private static GgmlMatMul.Source halves(Ggml.Type type, Operands operands) {
        final HalfWeights weights = operands.halfWeights();
        return new GgmlMatMul.Source(type, weights.bytes());
    }
}
