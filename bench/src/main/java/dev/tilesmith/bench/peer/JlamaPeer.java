package dev.tilesmith.bench.peer;

import com.github.tjake.jlama.safetensors.DType;
import com.github.tjake.jlama.tensor.AbstractTensor;
import com.github.tjake.jlama.tensor.FloatBufferTensor;
import com.github.tjake.jlama.tensor.Q4ByteBufferTensor;
import com.github.tjake.jlama.tensor.TensorShape;
import com.github.tjake.jlama.tensor.operations.NativeSimdTensorOperations;
import com.github.tjake.jlama.tensor.operations.PanamaTensorOperations;
import com.github.tjake.jlama.tensor.operations.TensorOperations;
import com.github.tjake.jlama.util.MachineSpec;
import dev.tilesmith.bench.work.BlockWeights;
import dev.tilesmith.bench.work.Operands;
import dev.tilesmith.bench.work.Operation;
import dev.tilesmith.bench.work.Shape;
import dev.tilesmith.bench.work.Work;
import dev.tilesmith.runtime.HugePageArena;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Jlama's tensor operations, by chunks of output channels, one for each thread, as its layers call them. */
final class JlamaPeer implements Peer {
    /** Its loops over k go by whole 512-bit vectors and read beyond the end of a row otherwise. */
    private static final int K_STEP = 16;

    private final Kind kind;

    /** Its two fast implementations. */
    enum Kind {
        NATIVE(5),
        PANAMA(4);

        /**
         * Columns of the largest tile. Where neither the rows nor the columns of a chunk are a multiple of the tile,
         * version 0.8.4 leaves the corner of the result unwritten (mnpack in PanamaTensorOperations, gemm in
         * vector_simd.c), so chunks are cut at its multiples and what is left is a chunk of its own.
         */
        private final int tileColumns;

        Kind(int tileColumns) {
            this.tileColumns = tileColumns;
        }
    }

    JlamaPeer(Kind kind) {
        this.kind = kind;
    }

    @Override
    public String name() {
        return switch (kind) {
            case NATIVE -> "jlama-native";
            case PANAMA -> "jlama-panama";
        };
    }

    @Override
    public boolean supports(Work work) {
        return switch (work.operation()) {
            case F32_MATMUL -> work.shape().k() % K_STEP == 0;
            case STATIC_INT8_MATMUL,
                    Q8_0_MATMUL,
                    Q4_0_MATMUL,
                    Q4_1_MATMUL,
                    F16_MATMUL,
                    BF16_MATMUL,
                    F16_ROWS_MATMUL,
                    BF16_ROWS_MATMUL -> false;
            case INT8_MATMUL, INT4_MATMUL -> multipliesInt8(work.shape());
        };
    }

    /**
     * What version 0.8.4 gets right: native sums go by 256 values along k and read beyond a shorter row's scales; in
     * Panama the tile of one row, which the last of an odd number of rows takes, does so by 512, and where neither rows
     * nor columns are even a corner is left out. Where vectors have 256 bits Panama takes eight scales at once, and reads beyond a
     * row that has not 256 values for them.
     */
    private boolean multipliesInt8(Shape shape) {
        return switch (kind) {
            case NATIVE -> shape.k() % 256 == 0;
            case PANAMA ->
                shape.k() % panamaStep() == 0 && shape.n() % 2 == 0 && (shape.m() % 2 == 0 || shape.k() % 512 == 0);
        };
    }

    private static int panamaStep() {
        return switch (MachineSpec.VECTOR_TYPE) {
            case AVX_256 -> 8 * Q4ByteBufferTensor.BLOCK_SIZE;
            case AVX_512, ARM_128, NONE -> Q4ByteBufferTensor.BLOCK_SIZE;
        };
    }

    /** It multiplies int8 activations with no weights but those of four bits, which are far coarser. */
    @Override
    public double tolerance(Operation operation) {
        return switch (operation) {
            case F32_MATMUL,
                    STATIC_INT8_MATMUL,
                    INT4_MATMUL,
                    Q8_0_MATMUL,
                    Q4_0_MATMUL,
                    Q4_1_MATMUL,
                    F16_MATMUL,
                    BF16_MATMUL,
                    F16_ROWS_MATMUL,
                    BF16_ROWS_MATMUL -> operation.tolerance();
            case INT8_MATMUL -> 0.15;
        };
    }

    @Override
    public List<String> jvmOptions() {
        return List.of(
                "-Djdk.incubator.vector.VECTOR_ACCESS_OOB_CHECK=0", "--add-exports=java.base/sun.nio.ch=ALL-UNNAMED");
    }

    @Override
    public Prepared prepare(Operation operation, Operands operands, int threads) {
        return new Ready(operations(), kind.tileColumns, operation, operands, threads);
    }

    private TensorOperations operations() {
        try {
            return switch (kind) {
                case NATIVE -> new NativeSimdTensorOperations();
                case PANAMA -> new PanamaTensorOperations(MachineSpec.VECTOR_TYPE);
            };
        } catch (LinkageError e) {
            throw new PeerUnavailableException("its library cannot be loaded", e);
        }
    }

    private static final class Ready implements Prepared {
        private final TensorOperations operations;
        private final int tileColumns;
        private final Operands operands;
        private final FloatBufferTensor lhs;
        private final Operation operation;
        private final AbstractTensor<?, ?> weights;
        private final FloatBufferTensor dst;
        private final int threads;
        private final ExecutorService pool;

        Ready(TensorOperations operations, int tileColumns, Operation operation, Operands operands, int threads) {
            final Shape shape = operands.shape();
            this.operations = operations;
            this.tileColumns = tileColumns;
            this.operands = operands;
            this.lhs = tensor(operands.lhs(), shape.m(), shape.k());
            this.operation = operation;
            this.weights = switch (operation) {
                case F32_MATMUL -> tensor(operands.weights(), shape.n(), shape.k());
                case INT8_MATMUL -> new Q4ByteBufferTensor(tensor(operands.weights(), shape.n(), shape.k()));
                case STATIC_INT8_MATMUL,
                        Q8_0_MATMUL,
                        Q4_0_MATMUL,
                        Q4_1_MATMUL,
                        F16_MATMUL,
                        BF16_MATMUL,
                        F16_ROWS_MATMUL,
                        BF16_ROWS_MATMUL -> throw Peer.unsupported(operation);
                case INT4_MATMUL -> blocks(operands.blockWeights());
            };
            this.dst = tensor(operands.dst(), shape.m(), shape.n());
            this.threads = threads;
            this.pool = Executors.newFixedThreadPool(Math.max(1, threads - 1), Workers.daemon("jlama"));
        }

        private static FloatBufferTensor tensor(MemorySegment data, int rows, int columns) {
            return new FloatBufferTensor(
                    data.asByteBuffer().order(ByteOrder.nativeOrder()).asFloatBuffer(),
                    TensorShape.of(rows, columns),
                    true);
        }

        private static Q4ByteBufferTensor blocks(BlockWeights weights) {
            final byte[] nibbles = weights.nibbles(BlockWeights.Pairing.HALVES);
            final MemorySegment values = HugePageArena.in(Arena.ofAuto())
                    .allocate(nibbles.length, 64)
                    .copyFrom(MemorySegment.ofArray(nibbles));
            final MemorySegment scales =
                    Operands.floats(weights.scales().length).copyFrom(MemorySegment.ofArray(weights.scales()));
            return new Q4ByteBufferTensor(
                    "weights",
                    values.asByteBuffer().order(ByteOrder.LITTLE_ENDIAN),
                    tensor(scales, weights.n(), weights.k() / BlockWeights.LENGTH),
                    TensorShape.of(weights.n(), weights.k()),
                    true);
        }

        @Override
        public void run() {
            switch (operation) {
                case F32_MATMUL -> runChunks(lhs);
                case INT8_MATMUL, INT4_MATMUL -> {
                    try (AbstractTensor<?, ?> quantized = operations.quantize(
                            lhs, DType.I8, 0, operands.shape().k())) {
                        runChunks(quantized);
                    }
                }
                case STATIC_INT8_MATMUL,
                        Q8_0_MATMUL,
                        Q4_0_MATMUL,
                        Q4_1_MATMUL,
                        F16_MATMUL,
                        BF16_MATMUL,
                        F16_ROWS_MATMUL,
                        BF16_ROWS_MATMUL -> throw Peer.unsupported(operation);
            }
        }

        private void runChunks(AbstractTensor<?, ?> rows) {
            final CompletableFuture<?>[] others = new CompletableFuture<?>[threads - 1];
            for (int i = 1; i < threads; i++) {
                final int chunk = i;
                others[i - 1] = CompletableFuture.runAsync(() -> runChunk(rows, chunk), pool);
            }
            runChunk(rows, 0);
            CompletableFuture.allOf(others).join();
        }

        private void runChunk(AbstractTensor<?, ?> rows, int chunk) {
            final int n = operands.shape().n();
            final int tiles = n / tileColumns;
            final int first = tiles * chunk / threads * tileColumns;
            final int end = tiles * (chunk + 1) / threads * tileColumns;
            multiply(rows, first, end);
            if (chunk == threads - 1) {
                multiply(rows, end, n);
            }
        }

        private void multiply(AbstractTensor<?, ?> rows, int first, int end) {
            if (first < end) {
                operations.dotProductChunk(
                        dst, rows, weights, 0, operands.shape().k(), first, end - first);
            }
        }

        @Override
        public MemorySegment result() {
            return operands.dst();
        }

        @Override
        public String variant() {
            return switch (operation) {
                case F32_MATMUL -> "dotProductChunk";
                case INT8_MATMUL, INT4_MATMUL -> "dotProductChunk, I8 by Q4";
                case STATIC_INT8_MATMUL,
                        Q8_0_MATMUL,
                        Q4_0_MATMUL,
                        Q4_1_MATMUL,
                        F16_MATMUL,
                        BF16_MATMUL,
                        F16_ROWS_MATMUL,
                        BF16_ROWS_MATMUL -> throw Peer.unsupported(operation);
            };
        }

        @Override
        public void close() {
            pool.shutdownNow();
        }
    }
}
