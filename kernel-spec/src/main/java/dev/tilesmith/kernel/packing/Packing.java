package dev.tilesmith.kernel.packing;

import dev.tilesmith.code.NativeFunction;
import dev.tilesmith.kernel.layout.PanelLayout;
import dev.tilesmith.kernel.memory.Access;
import dev.tilesmith.kernel.memory.Overlap;
import dev.tilesmith.kernel.thread.PartRunner;
import dev.tilesmith.runtime.BlockWeights;
import dev.tilesmith.runtime.Matrix;
import dev.tilesmith.runtime.PlainWeights;
import dev.tilesmith.runtime.Weights;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Optional;
import java.util.concurrent.Executor;

/**
 * Where packed weights go, and who packs them. Panels do not depend on each other, so that the bytes do not depend on the
 * number of threads.
 *
 * @param arena what the memory lives as long as
 * @param executor where panels may be packed besides on the calling thread
 * @param threads how many threads pack at most, the calling one among them
 * @param partsPerThread parts for each thread: enough that one slow thread does not hold up the rest
 * @param blocks machine code that packs ggml's blocks of the weights' format, where there is any
 */
public record Packing(
        Arena arena, Executor executor, int threads, int partsPerThread, Optional<NativeFunction> blocks) {
    private static final int PARTS_PER_THREAD = 4;

    /** Packs panels from {@code first} to {@code end}, of which the latter is not one. */
    @FunctionalInterface
    public interface Panels {
        void pack(int first, int end);
    }

    public Packing {
        if (threads < 1) {
            throw new IllegalArgumentException("threads: " + threads + "; expected 1 or more");
        }
    }

    /** Packing in Java. */
    public Packing(Arena arena, Executor executor, int threads) {
        this(arena, executor, threads, PARTS_PER_THREAD, Optional.empty());
    }

    /** The same, in so many parts for each thread. */
    public Packing inParts(int ofThread) {
        return new Packing(arena, executor, threads, ofThread, blocks);
    }

    /** The same, with machine code for ggml's blocks. */
    public Packing with(NativeFunction packer) {
        return new Packing(arena, executor, threads, partsPerThread, Optional.of(packer));
    }

    /**
     * Memory for panels, zero as far as the arena clears it, which those of the JDK do.
     *
     * @throws IllegalArgumentException if not every thread could write it, or read the weights, or the arena does not give
     *     what it is asked for, or gives the weights' own
     */
    MemorySegment allocate(Weights weights, long bytes) {
        if (weights.values() instanceof Matrix.Segment segment) {
            Access.check("weights", segment.data(), threads);
        }
        final MemorySegment data = PanelMemory.of(arena, bytes, threads);
        Overlap.check(weights.values(), data);
        return data;
    }

    /** Packs {@code count} panels, cut into parts that any of the threads may take. */
    public void run(int count, Panels panels) {
        if (threads == 1 || count < 2) {
            panels.pack(0, count);
            return;
        }
        final int parts = Math.min(Math.min(threads, PartRunner.MOST_THREADS) * partsPerThread, count);
        PartRunner.run(
                parts,
                executor,
                Math.min(threads, PartRunner.MOST_THREADS),
                part -> panels.pack(cut(count, parts, part), cut(count, parts, part + 1)));
    }

    /**
     * Packs all panels: whole ones of ggml's blocks outside the heap by machine code, where there is any, the others by
     * {@code panels}.
     */
    void runBlocks(Weights weights, PanelLayout layout, MemorySegment data, Panels panels) {
        final Optional<NativeFunction> packer =
                switch (weights) {
                    case BlockWeights given when given.values() instanceof Matrix.Segment -> blocks;
                    case BlockWeights _, PlainWeights _ -> Optional.empty();
                };
        run(layout.panels(weights.n()), (first, end) -> {
            final int rest = packer.map(code -> new NativeBlockPacker(code, weights, layout, data).pack(first, end))
                    .orElse(first);
            if (rest < end) {
                panels.pack(rest, end);
            }
        });
    }

    private static int cut(int count, int parts, int part) {
        return (int) ((long) count * part / parts);
    }
}
