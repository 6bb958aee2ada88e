package dev.tilesmith.bench.peer;

import dev.tilesmith.bench.work.Operands;
import dev.tilesmith.bench.work.Operation;
import dev.tilesmith.bench.work.Work;

/** oneDNN: the better of {@code dnnl_sgemm} and of its matmul primitive, which takes weights reordered once. */
final class OneDnnPeer implements Peer {
    @Override
    public String name() {
        return "onednn";
    }

    @Override
    public boolean supports(Work work) {
        return work.operation() == Operation.F32_MATMUL;
    }

    @Override
    public Prepared prepare(Operation operation, Operands operands, int threads) {
        NativeLibrary.ONEDNN.lookup();
        OneDnn.setThreads(threads);
        return switch (operation) {
            case F32_MATMUL -> Faster.of(new OneDnnSgemm(operands), new OneDnnMatMul(operands));
        };
    }
}
