package dev.tilesmith.bench.peer;

import dev.tilesmith.bench.work.Operands;
import dev.tilesmith.bench.work.Operation;
import dev.tilesmith.bench.work.Shape;
import dev.tilesmith.bench.work.Work;
import dev.tilesmith.runtime.MatMulKernel;
import dev.tilesmith.runtime.Matrix;
import dev.tilesmith.runtime.PackedRhs;
import dev.tilesmith.runtime.RunOptions;
import dev.tilesmith.runtime.Weights;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Our kernels: packed weights, operands where the caller has them, the calling thread and a pool for the others. */
final class TilesmithPeer implements Peer {
    @Override
    public String name() {
        return Peers.OURS;
    }

    @Override
    public boolean supports(Work work) {
        return true;
    }

    @Override
    public Prepared prepare(Operation operation, Operands operands, int threads) {
        final MatMulKernel kernel =
                switch (operation) {
                    case F32_MATMUL -> F32LinearKernels.best();
                };
        return new Ready(kernel, operands, threads);
    }

    private static final class Ready implements Prepared {
        private final MatMulKernel kernel;
        private final Operands operands;
        private final Matrix lhs;
        private final PackedRhs rhs;
        private final Matrix dst;
        private final ExecutorService pool;
        private final RunOptions options;

        Ready(MatMulKernel kernel, Operands operands, int threads) {
            final Shape shape = operands.shape();
            this.kernel = kernel;
            this.operands = operands;
            this.lhs = Matrix.of(operands.lhs(), shape.m(), shape.k());
            this.rhs = kernel.packRhs(Weights.nByK(Matrix.of(operands.weights(), shape.n(), shape.k())));
            this.dst = Matrix.of(operands.dst(), shape.m(), shape.n());
            this.pool = Executors.newFixedThreadPool(Math.max(1, threads - 1), Workers.daemon("tilesmith"));
            this.options = threads == 1 ? RunOptions.DEFAULT : RunOptions.DEFAULT.on(pool, threads);
        }

        @Override
        public void run() {
            kernel.run(lhs, rhs, dst, options);
        }

        @Override
        public MemorySegment result() {
            return operands.dst();
        }

        @Override
        public String variant() {
            return kernel.family().variants().getLast().name();
        }

        @Override
        public void close() {
            pool.shutdownNow();
        }
    }
}
