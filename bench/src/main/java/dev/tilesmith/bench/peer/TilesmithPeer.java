package dev.tilesmith.bench.peer;

import dev.tilesmith.bench.work.BlockWeights;
import dev.tilesmith.bench.work.ChannelWeights;
import dev.tilesmith.bench.work.GgmlBlocks;
import dev.tilesmith.bench.work.HalfWeights;
import dev.tilesmith.bench.work.Operands;
import dev.tilesmith.bench.work.Operation;
import dev.tilesmith.bench.work.Shape;
import dev.tilesmith.bench.work.StaticScales;
import dev.tilesmith.bench.work.Work;
import dev.tilesmith.runtime.DispatchTable;
import dev.tilesmith.runtime.HugePageArena;
import dev.tilesmith.runtime.MatMulKernel;
import dev.tilesmith.runtime.Matrix;
import dev.tilesmith.runtime.PackedRhs;
import dev.tilesmith.runtime.Requantization;
import dev.tilesmith.runtime.RunOptions;
import dev.tilesmith.runtime.SpinningPool;
import dev.tilesmith.runtime.Weights;
import dev.tilesmith.spec.Target;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Our kernels: packed weights, operands where the caller has them, the calling thread and a pool for the others. */
final class TilesmithPeer implements Peer {
    private static final Set<Target> VECTOR_TARGETS = Set.of(Target.VECTOR_512, Target.VECTOR_256, Target.VECTOR_128);

    private final Kind kind;

    /** Which of our kernels. */
    enum Kind {
        /** What the dispatch table chooses. */
        BEST,
        /** The same where declarations admit orders of targets' own. */
        FAST,
        /** The best that is written in Java. */
        VECTOR_API
    }

    /** The peers' threads wait awake too. */
    private static final Duration AWAKE = Duration.ofMillis(10);

    TilesmithPeer(Kind kind) {
        this.kind = kind;
    }

    @Override
    public String name() {
        return switch (kind) {
            case BEST -> Peers.OURS;
            case FAST -> Peers.OURS + "-fast";
            case VECTOR_API -> Peers.OURS + "-vectorapi";
        };
    }

    @Override
    public boolean supports(Work work) {
        return switch (work.operation()) {
            case INT8_MATMUL, STATIC_INT8_MATMUL, INT4_MATMUL -> kind != Kind.FAST;
            // A first call in Java takes seconds, and says what those of int8 and int4 say.
            case F32_MATMUL, Q8_0_MATMUL, Q4_0_MATMUL, Q4_1_MATMUL, F16_ROWS_MATMUL -> kind == Kind.BEST;
            case BF16_ROWS_MATMUL -> kind != Kind.VECTOR_API;
            case F16_MATMUL, BF16_MATMUL -> false; // not declared yet
        };
    }

    @Override
    public Prepared prepare(Operation operation, Operands operands, int threads) {
        return prepareAll(operation, List.of(operands), threads).getFirst();
    }

    @Override
    public List<Prepared> prepareAll(Operation operation, List<Operands> operands, int threads) {
        final Duration awake = threads == 1 ? Duration.ZERO : AWAKE;
        return prepareAll(operation, operands, new SpinningPool(Math.max(1, threads - 1), awake), threads);
    }

    /** The same on threads of this pool, which closing one of them closes. */
    List<Prepared> prepareAll(Operation operation, List<Operands> operands, SpinningPool pool, int threads) {
        final MatMulKernel kernel =
                switch (operation) {
                    case F32_MATMUL -> chosen(F32LinearKernels.table());
                    case INT8_MATMUL -> chosen(Int8LinearKernels.table());
                    case STATIC_INT8_MATMUL -> chosen(StaticInt8LinearKernels.table());
                    case INT4_MATMUL -> chosen(Int4LinearKernels.table());
                    case Q8_0_MATMUL -> chosen(Q8ZeroLinearKernels.table());
                    case Q4_0_MATMUL -> chosen(Q4ZeroLinearKernels.table());
                    case Q4_1_MATMUL -> chosen(Q4OneLinearKernels.table());
                    case F16_ROWS_MATMUL -> chosen(F16LinearKernels.table());
                    case BF16_ROWS_MATMUL -> chosen(bf16());
                    case F16_MATMUL, BF16_MATMUL -> throw Peer.unsupported(operation);
                };
        final RunOptions options = threads == 1 ? RunOptions.DEFAULT : RunOptions.DEFAULT.on(pool, threads);
        return operands.stream()
                .<Prepared>map(own -> new Ready(kernel, operation, own, pool, options))
                .toList();
    }

    private DispatchTable<? extends MatMulKernel> bf16() {
        return switch (kind) {
            case BEST, VECTOR_API -> Bf16LinearKernels.table();
            case FAST -> Bf16FastLinearKernels.table();
        };
    }

    private <K extends MatMulKernel> K chosen(DispatchTable<K> table) {
        return switch (kind) {
            case BEST, FAST -> table.best();
            case VECTOR_API ->
                table.usable().stream()
                        .filter(kernel ->
                                VECTOR_TARGETS.contains(kernel.family().target()))
                        .findFirst()
                        .orElseThrow(() -> new PeerUnavailableException("this JVM has no Vector API"));
        };
    }

    private static Weights weights(Operation operation, Operands operands) {
        final int n = operands.shape().n();
        final int k = operands.shape().k();
        return switch (operation) {
            case F32_MATMUL -> Weights.nByK(Matrix.of(operands.weights(), n, k));
            case INT8_MATMUL -> {
                final ChannelWeights channels = operands.channelWeights();
                yield Weights.nByK(Matrix.of(channels.values(), n, k)).withScales(channels.scales());
            }
            case STATIC_INT8_MATMUL -> {
                final ChannelWeights channels = operands.channelWeights();
                final StaticScales scales = operands.staticScales();
                yield Weights.nByK(Matrix.of(channels.values(), n, k))
                        .withScales(channels.scales())
                        .requantized(new Requantization(
                                scales.lhsScale(), scales.lhsZeroPoint(), scales.dstScale(), scales.dstZeroPoint()));
            }
            case INT4_MATMUL -> {
                final BlockWeights blocks = operands.blockWeights();
                final Matrix bytes = Matrix.of(blocks.nibbles(BlockWeights.Pairing.NEIGHBOURS), n, k / 2);
                yield Weights.nByK(bytes, new Weights.Nibbles(k, 8))
                        .withBlockScales(BlockWeights.LENGTH, blocks.scales());
            }
            case Q8_0_MATMUL, Q4_0_MATMUL, Q4_1_MATMUL -> {
                final GgmlBlocks blocks = operands.ggmlBlocks();
                yield Weights.ofBlocks(blocks.layout(), blocks.bytes(), 0, n, k);
            }
            case F16_ROWS_MATMUL, BF16_ROWS_MATMUL -> {
                final HalfWeights weights = operands.halfWeights();
                yield Weights.nByK(Matrix.ofShorts(weights.bytes(), n, k), halves(weights));
            }
            case F16_MATMUL, BF16_MATMUL -> throw Peer.unsupported(operation);
        };
    }

    private static Weights.Halves halves(HalfWeights weights) {
        return switch (weights.type()) {
            case F16 -> Weights.Halves.F16;
            case BF16 -> Weights.Halves.BF16;
        };
    }

    /** Rows of sixteen bits, where the operation has such. */
    private static Optional<Matrix> halfRows(Operation operation, Operands operands) {
        return switch (operation) {
            case F16_ROWS_MATMUL, BF16_ROWS_MATMUL ->
                Optional.of(Matrix.ofShorts(
                        operands.halfRows(),
                        operands.shape().m(),
                        operands.shape().k()));
            case F32_MATMUL,
                    INT8_MATMUL,
                    STATIC_INT8_MATMUL,
                    INT4_MATMUL,
                    Q8_0_MATMUL,
                    Q4_0_MATMUL,
                    Q4_1_MATMUL,
                    F16_MATMUL,
                    BF16_MATMUL -> Optional.empty();
        };
    }

    private static final class Ready implements Prepared {
        private final MatMulKernel kernel;
        private final Ends ends;
        private final Matrix lhs;
        private final PackedRhs rhs;
        private final Matrix dst;
        private final SpinningPool pool;
        private final RunOptions options;

        Ready(MatMulKernel kernel, Operation operation, Operands operands, SpinningPool pool, RunOptions options) {
            final Shape shape = operands.shape();
            this.kernel = kernel;
            this.ends = Ends.signed(operands);
            this.lhs = halfRows(operation, operands).orElseGet(() -> matrix(ends.lhs(), shape.m(), shape.k()));
            this.rhs = kernel.packRhs(weights(operation, operands), HugePageArena.in(Arena.ofAuto()));
            this.dst = matrix(ends.dst(), shape.m(), shape.n());
            this.pool = pool;
            this.options = options;
        }

        private Matrix matrix(MemorySegment data, int rows, int columns) {
            return ends.bytes() ? Matrix.ofBytes(data, rows, columns) : Matrix.of(data, rows, columns);
        }

        @Override
        public void run() {
            kernel.run(lhs, rhs, dst, options);
        }

        @Override
        public MemorySegment result() {
            return ends.result();
        }

        @Override
        public String variant() {
            return kernel.family().variants().getLast().name();
        }

        @Override
        public void close() {
            pool.close();
        }
    }
}
