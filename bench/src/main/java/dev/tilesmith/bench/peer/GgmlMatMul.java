package dev.tilesmith.bench.peer;

import dev.tilesmith.bench.work.Operands;
import dev.tilesmith.bench.work.Shape;
import java.lang.foreign.MemorySegment;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A graph of one {@code ggml_mul_mat}: rows and results where the caller has them, weights copied once to where llama.cpp
 * would have them.
 */
final class GgmlMatMul implements Prepared {
    private final GgmlBackend backend;
    private final Operands operands;
    private final Layout layout;
    private final MemorySegment graph;

    /**
     * Weights as a GGUF file has them.
     *
     * @param type what the bytes stand for
     * @param bytes n rows
     */
    record Source(Ggml.Type type, MemorySegment bytes) {}

    GgmlMatMul(GgmlBackend backend, Operands operands, Source source) {
        this.backend = backend;
        this.operands = operands;
        this.layout = backend.weightBufferTypes().stream()
                .map(type -> new Layout(backend, operands, source.type(), type))
                .flatMap(candidate -> candidate.ifSupported(backend).stream())
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(
                        "source: " + source.type() + "; no buffer of ggml is for a product by such weights"));
        this.graph = backend.ggml().graph(layout.context, layout.result);
        backend.ggml().set(layout.weights, source.bytes());
    }

    /** The product with weights in a buffer of one type, which may not be for such products. */
    private static final class Layout {
        private final Ggml ggml;
        private final String bufferType;
        private final MemorySegment context;
        private final MemorySegment weights;
        private final MemorySegment result;
        private final MemorySegment[] buffers;

        Layout(GgmlBackend backend, Operands operands, Ggml.Type type, MemorySegment bufferType) {
            final Shape shape = operands.shape();
            this.ggml = backend.ggml();
            this.bufferType = ggml.bufferTypeName(bufferType);
            this.context = ggml.context();
            this.weights = ggml.matrix(context, type, shape.n(), shape.k());
            final MemorySegment lhs = ggml.matrix(context, Ggml.Type.F32, shape.m(), shape.k());
            this.result = ggml.product(context, weights, lhs);
            this.buffers = new MemorySegment[] {
                ggml.buffer(bufferType, weights), ggml.buffer(operands.lhs()), ggml.buffer(operands.dst())
            };
            HugePageAdvice.giveFor(ggml.bytes(buffers[0]));
            ggml.place(weights, buffers[0]);
            ggml.place(lhs, buffers[1]);
            ggml.place(result, buffers[2]);
        }

        /** This, if the device can compute it; else nothing is left of it. */
        Optional<Layout> ifSupported(GgmlBackend backend) {
            if (backend.supports(result)) {
                return Optional.of(this);
            }
            free();
            return Optional.empty();
        }

        void free() {
            Stream.of(buffers).forEach(ggml::freeBuffer);
            ggml.freeContext(context);
        }
    }

    @Override
    public void run() {
        backend.compute(graph);
    }

    @Override
    public MemorySegment result() {
        return operands.dst();
    }

    @Override
    public String variant() {
        return backend.ggml().generation() + " " + layout.bufferType;
    }

    @Override
    public void close() {
        backend.close();
        layout.free();
    }
}
