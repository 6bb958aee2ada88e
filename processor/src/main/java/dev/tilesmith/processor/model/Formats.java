package dev.tilesmith.processor.model;

import dev.tilesmith.spec.Format;

/**
 * The formats of one kernel.
 *
 * @param lhs format of the left operand
 * @param rhs format of the right operand
 * @param dst format of the result
 */
public record Formats(Format lhs, Format rhs, Format dst) {
    @Override
    public String toString() {
        return lhs + " x " + rhs + " -> " + dst;
    }
}
