package dev.tilesmith.sweep.operand;

import dev.tilesmith.runtime.Family;
import dev.tilesmith.spec.Format;

/**
 * The formats of a product.
 *
 * @param lhs of the left operand
 * @param rhs of the weights
 * @param dst of the result
 */
public record Formats(Format lhs, Format rhs, Format dst) {
    /** Those of a family. */
    public static Formats of(Family family) {
        return new Formats(family.lhs(), family.rhs(), family.dst());
    }

    /** Their name, of result, left operand and weights as in the names of variants: {@code f32_qai8dx_qsi8cx}. */
    public String name() {
        return dst.code() + "_" + lhs.code() + "_" + rhs.code();
    }

    @Override
    public String toString() {
        return lhs + " x " + rhs + " -> " + dst;
    }
}
