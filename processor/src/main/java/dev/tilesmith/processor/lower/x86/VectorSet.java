package dev.tilesmith.processor.lower.x86;

import dev.tilesmith.processor.asm.x86.Vec;
import java.util.HashMap;
import java.util.Map;

/**
 * The vector registers of one tile, handed out in order and never taken back: accumulators first, then what is loaded in
 * a step; the rest in turn holds broadcast values, so that one can be loaded while the last is still in use.
 */
final class VectorSet {
    private final int bits;
    private final int count;
    private final Map<Value, Vec> assigned = new HashMap<>();
    private int kept;

    /** What a register holds. */
    sealed interface Value {}

    /**
     * A sum.
     *
     * @param chain which of those that are added up in the end
     * @param row of the tile
     * @param vector of its columns
     */
    record Sum(int chain, int row, int vector) implements Value {}

    /**
     * Values of the panel.
     *
     * @param vector of the tile's columns
     */
    record Weights(int vector) implements Value {}

    VectorSet(int bits, int count) {
        this.bits = bits;
        this.count = count;
    }

    /** The register of a value, the next free one if it has none yet. */
    Vec of(Value value) {
        return assigned.computeIfAbsent(value, _ -> free(0));
    }

    /** A register for the {@code turn}-th broadcast: those that no value has take turns. */
    Vec broadcast(int turn) {
        return free(turn % Math.max(1, count - assigned.size()));
    }

    /** From here on values assigned so far are kept, and all other registers are scratch. */
    void keepAssigned() {
        kept = assigned.size();
    }

    /** The {@code index}-th register that is not kept. */
    Vec scratch(int index) {
        if (kept + index >= count) {
            throw new IllegalStateException("the tile leaves no " + (index + 1) + " of " + count + " vector registers");
        }
        return new Vec(bits, kept + index);
    }

    private Vec free(int index) {
        if (assigned.size() + index >= count) {
            throw new IllegalStateException("the tile needs more than " + count + " vector registers");
        }
        return new Vec(bits, assigned.size() + index);
    }
}
