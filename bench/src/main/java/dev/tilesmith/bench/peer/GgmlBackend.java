package dev.tilesmith.bench.peer;

import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/** ggml's backend for the CPU with threads of its own, which several products share. */
final class GgmlBackend implements AutoCloseable {
    private final Ggml ggml;
    private final MemorySegment device;
    private final MemorySegment backend;
    private final MemorySegment threadpool;
    private final AtomicBoolean closed = new AtomicBoolean();

    GgmlBackend(Ggml ggml, int threads) {
        this.ggml = ggml;
        this.device = ggml.device();
        this.backend = ggml.backend(device);
        this.threadpool = ggml.threadpool(backend, threads);
    }

    Ggml ggml() {
        return ggml;
    }

    /** See {@link Ggml#weightBufferTypes}. */
    List<MemorySegment> weightBufferTypes() {
        return ggml.weightBufferTypes(device);
    }

    /** See {@link Ggml#isSupported}. */
    boolean supports(MemorySegment result) {
        return ggml.isSupported(device, result);
    }

    /** Computes a graph to its end. */
    void compute(MemorySegment graph) {
        ggml.compute(backend, graph);
    }

    /** Ends the threads. Any product that shares them may do so, and none runs from then on. */
    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            ggml.freeBackend(backend);
            ggml.freeThreadpool(threadpool);
        }
    }
}
