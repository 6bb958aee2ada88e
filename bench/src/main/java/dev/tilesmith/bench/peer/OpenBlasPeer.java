package dev.tilesmith.bench.peer;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import dev.tilesmith.bench.work.Operands;
import dev.tilesmith.bench.work.Operation;
import dev.tilesmith.bench.work.Shape;
import dev.tilesmith.bench.work.Work;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;

/** OpenBLAS: {@code cblas_sgemm}, which packs both operands in every call; there is no way to pack one before. */
final class OpenBlasPeer implements Peer {
    private static final int ROW_MAJOR = 101;
    private static final int NO_TRANSPOSITION = 111;
    private static final int TRANSPOSITION = 112;

    @Override
    public String name() {
        return "openblas";
    }

    @Override
    public boolean supports(Work work) {
        return work.operation() == Operation.F32_MATMUL;
    }

    @Override
    public Prepared prepare(Operation operation, Operands operands, int threads) {
        NativeLibrary.OPENBLAS.lookup();
        Calls.setThreads(threads);
        return Faster.of(new Sgemm(operands, TRANSPOSITION), new Sgemm(operands, NO_TRANSPOSITION));
    }

    /** Handles are constants, so that the JIT makes plain calls of them. */
    private static final class Calls {
        private static final SymbolLookup LIBRARY = NativeLibrary.OPENBLAS.lookup();
        private static final MethodHandle SET_THREADS =
                NativeLibrary.function(LIBRARY, "openblas_set_num_threads", FunctionDescriptor.ofVoid(JAVA_INT));
        private static final MethodHandle SGEMM = NativeLibrary.function(
                LIBRARY,
                "cblas_sgemm",
                FunctionDescriptor.ofVoid(
                        JAVA_INT,
                        JAVA_INT,
                        JAVA_INT,
                        JAVA_INT,
                        JAVA_INT,
                        JAVA_INT,
                        JAVA_FLOAT,
                        ADDRESS,
                        JAVA_INT,
                        ADDRESS,
                        JAVA_INT,
                        JAVA_FLOAT,
                        ADDRESS,
                        JAVA_INT));

        static void setThreads(int threads) {
            try {
                SET_THREADS.invokeExact(threads);
            } catch (Throwable e) {
                throw NativeLibrary.failed("openblas_set_num_threads", e);
            }
        }
    }

    private static final class Sgemm implements Prepared {
        private final Shape shape;
        private final Operands operands;
        private final int orientation;
        private final MemorySegment weights;
        private final int weightStride;

        Sgemm(Operands operands, int orientation) {
            this.shape = operands.shape();
            this.operands = operands;
            this.orientation = orientation;
            this.weights = orientation == TRANSPOSITION ? operands.weights() : operands.weightsByK();
            this.weightStride = orientation == TRANSPOSITION ? shape.k() : shape.n();
        }

        @Override
        public void run() {
            try {
                Calls.SGEMM.invokeExact(
                        ROW_MAJOR,
                        NO_TRANSPOSITION,
                        orientation,
                        shape.m(),
                        shape.n(),
                        shape.k(),
                        1f,
                        operands.lhs(),
                        shape.k(),
                        weights,
                        weightStride,
                        0f,
                        operands.dst(),
                        shape.n());
            } catch (Throwable e) {
                throw NativeLibrary.failed("cblas_sgemm", e);
            }
        }

        @Override
        public MemorySegment result() {
            return operands.dst();
        }

        @Override
        public String variant() {
            return orientation == TRANSPOSITION ? "sgemm, n x k" : "sgemm, k x n";
        }
    }
}
