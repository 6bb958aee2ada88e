package dev.tilesmith.bench.peer;

import dev.tilesmith.bench.work.Operands;
import dev.tilesmith.bench.work.Operation;
import dev.tilesmith.bench.work.Shape;
import dev.tilesmith.bench.work.Work;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** Three loops over Java arrays, as one would write them without a thought for the machine, which no memory can keep waiting. */
final class NaivePeer implements Peer {
    /** Beyond this a call takes seconds. */
    private static final long MOST_MULTIPLY_ADDS = 1L << 28;

    @Override
    public String name() {
        return "naive";
    }

    @Override
    public boolean supports(Work work) {
        final boolean written =
                switch (work.operation()) {
                    case F32_MATMUL, INT8_MATMUL, INT4_MATMUL -> true;
                    case STATIC_INT8_MATMUL,
                            Q8_0_MATMUL,
                            Q4_0_MATMUL,
                            Q4_1_MATMUL,
                            F16_MATMUL,
                            BF16_MATMUL,
                            F16_ROWS_MATMUL,
                            BF16_ROWS_MATMUL -> false;
                };
        return written
                && work.threads() == 1
                && !work.shape().cold()
                && work.shape().multiplyAdds() <= MOST_MULTIPLY_ADDS;
    }

    @Override
    public Prepared prepare(Operation operation, Operands operands, int threads) {
        return switch (operation) {
            case F32_MATMUL -> new Ready(operands);
            case INT8_MATMUL -> new NaiveInt8(operands);
            case STATIC_INT8_MATMUL,
                    Q8_0_MATMUL,
                    Q4_0_MATMUL,
                    Q4_1_MATMUL,
                    F16_MATMUL,
                    BF16_MATMUL,
                    F16_ROWS_MATMUL,
                    BF16_ROWS_MATMUL -> throw Peer.unsupported(operation);
            case INT4_MATMUL -> new NaiveInt4(operands);
        };
    }

    private static final class Ready implements Prepared {
        private final Shape shape;
        private final float[] lhs;
        private final float[] weights;
        private final float[] dst;

        Ready(Operands operands) {
            this.shape = operands.shape();
            this.lhs = operands.lhs().toArray(ValueLayout.JAVA_FLOAT);
            this.weights = operands.weights().toArray(ValueLayout.JAVA_FLOAT);
            this.dst = new float[shape.m() * shape.n()];
        }

        @Override
        public void run() {
            multiply(shape.m(), shape.n(), shape.k(), lhs, weights, dst);
        }

        private static void multiply(int m, int n, int k, float[] lhs, float[] weights, float[] dst) {
            for (int i = 0; i < m; i++) {
                for (int j = 0; j < n; j++) {
                    float sum = 0;
                    for (int p = 0; p < k; p++) {
                        sum += lhs[i * k + p] * weights[j * k + p];
                    }
                    dst[i * n + j] = sum;
                }
            }
        }

        @Override
        public MemorySegment result() {
            return MemorySegment.ofArray(dst);
        }

        @Override
        public String variant() {
            return "three loops";
        }
    }
}
