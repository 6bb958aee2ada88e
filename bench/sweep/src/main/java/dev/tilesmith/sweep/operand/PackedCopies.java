package dev.tilesmith.sweep.operand;

import dev.tilesmith.kernel.layout.PanelFamily;
import dev.tilesmith.kernel.layout.PanelLayout;
import dev.tilesmith.runtime.HugePageArena;
import dev.tilesmith.runtime.MatMulKernel;
import dev.tilesmith.runtime.PackOptions;
import dev.tilesmith.runtime.PackedRhs;
import dev.tilesmith.runtime.Weights;
import dev.tilesmith.spec.SweptShape;
import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.List;

/**
 * Weights packed in one way, for all kernels that read them so: they are measured over the same memory. Where weights are to
 * come from memory, so many copies that no cache still holds the one whose turn it is.
 */
public final class PackedCopies implements AutoCloseable {
    private static final int LEAST_COPIES = 2;

    private final Arena arena;
    private final List<PackedRhs> copies;
    private int next;

    private PackedCopies(Arena arena, List<PackedRhs> copies) {
        this.arena = arena;
        this.copies = List.copyOf(copies);
    }

    /** Weights packed for products of a kernel, in as many copies as their shape asks for. */
    public static PackedCopies of(MatMulKernel kernel, Weights weights, SweptShape shape) {
        final Arena arena = HugePageArena.in(Arena.ofShared());
        final PackOptions options = PackOptions.in(arena).expecting(shape.m());
        try {
            final List<PackedRhs> copies = new ArrayList<>();
            copies.add(kernel.packRhs(weights, options));
            final int count = count(copies.getFirst().data().byteSize(), shape.warmth());
            while (copies.size() < count) {
                copies.add(kernel.packRhs(weights, options));
            }
            return new PackedCopies(arena, copies);
        } catch (RuntimeException | Error e) {
            arena.close();
            throw e;
        }
    }

    private static int count(long bytes, SweptShape.Warmth warmth) {
        return switch (warmth) {
            case WARM -> 1;
            case COLD -> (int) Math.max(LEAST_COPIES, Math.ceilDiv(BeyondCaches.bytes(), Math.max(1, bytes)));
        };
    }

    /** The copy whose turn it is. */
    public PackedRhs next() {
        final PackedRhs copy = copies.get(next);
        next = next + 1 == copies.size() ? 0 : next + 1;
        return copy;
    }

    /** How they are packed. */
    public PanelLayout layout() {
        return PanelFamily.of(copies.getFirst().family()).layout();
    }

    /** Bytes of one copy. */
    public long bytes() {
        return copies.getFirst().data().byteSize();
    }

    @Override
    public void close() {
        arena.close();
    }
}
