package dev.tilesmith.bench.peer;

import dev.tilesmith.bench.work.Operands;
import dev.tilesmith.bench.work.Operation;
import dev.tilesmith.bench.work.Work;

/**
 * oneDNN: its matmul primitive, which takes weights reordered once; in f32 the better of that and of {@code dnnl_sgemm}. What
 * the CPU has no instructions for it says that it cannot do.
 */
final class OneDnnPeer implements Peer {
    @Override
    public String name() {
        return "onednn";
    }

    @Override
    public boolean supports(Work work) {
        return switch (work.operation()) {
            case F32_MATMUL, INT8_MATMUL, STATIC_INT8_MATMUL, F16_ROWS_MATMUL, BF16_ROWS_MATMUL -> true;
            case INT4_MATMUL, Q8_0_MATMUL, Q4_0_MATMUL, Q4_1_MATMUL, F16_MATMUL, BF16_MATMUL -> false;
        };
    }

    @Override
    public Prepared prepare(Operation operation, Operands operands, int threads) {
        NativeLibrary.ONEDNN.lookup();
        OneDnn.setThreads(threads);
        return switch (operation) {
            case INT8_MATMUL -> new OneDnnInt8MatMul(operands);
            case STATIC_INT8_MATMUL -> new OneDnnStaticInt8MatMul(operands);
            case INT4_MATMUL, Q8_0_MATMUL, Q4_0_MATMUL, Q4_1_MATMUL, F16_MATMUL, BF16_MATMUL ->
                throw Peer.unsupported(operation);
            case F16_ROWS_MATMUL, BF16_ROWS_MATMUL -> OneDnnMatMul.ofHalves(operands);
            case F32_MATMUL -> Faster.of(new OneDnnSgemm(operands), new OneDnnMatMul(operands));
        };
    }
}
