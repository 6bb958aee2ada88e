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
    private final Map<Object, Vec> assigned = new HashMap<>();

    VectorSet(int bits, int count) {
        this.bits = bits;
        this.count = count;
    }

    /** The register of a value, the next free one if it has none yet. */
    Vec of(Object value) {
        return assigned.computeIfAbsent(value, _ -> free(0));
    }

    /** The {@code index}-th register that no value has, the same ones over again where {@code index} exceeds them. */
    Vec free(int index) {
        final int left = count - assigned.size();
        if (left < 1) {
            throw new IllegalStateException("the tile needs more than " + count + " vector registers");
        }
        return new Vec(bits, assigned.size() + index % left);
    }

    /** A register of the same width. */
    Vec at(int index) {
        return new Vec(bits, index);
    }
}
