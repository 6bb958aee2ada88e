package dev.tilesmith.processor.product.model;

import dev.tilesmith.spec.Format;
import java.util.Comparator;
import java.util.List;

/**
 * The formats of one kernel.
 *
 * @param lhs format of the left operand
 * @param rhs format of the right operand
 * @param dst format of the result
 */
public record Formats(Format lhs, Format rhs, Format dst) {
    /** In how many operands they differ from {@code other}. */
    public int distance(Formats other) {
        return (lhs == other.lhs ? 0 : 1) + (rhs == other.rhs ? 0 : 1) + (dst == other.dst ? 0 : 1);
    }

    /**
     * Which of these differs in the fewest operands, the first of several.
     *
     * @throws IllegalArgumentException if there are none
     */
    public Formats nearest(List<Formats> candidates) {
        return candidates.stream()
                .min(Comparator.comparingInt(this::distance))
                .orElseThrow(() -> new IllegalArgumentException("candidates: none"));
    }

    @Override
    public String toString() {
        return lhs + " x " + rhs + " -> " + dst;
    }
}
