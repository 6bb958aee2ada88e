package dev.tilesmith.fuzz;

import dev.tilesmith.runtime.Weights;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * Weights of a problem.
 *
 * @param plain dense ones, for the reference
 * @param holdsScales whether they are in blocks that hold their own scales
 * @param given the same as they are given to the kernel, wherever they lie; or a refusal
 */
record Source(Weights plain, boolean holdsScales, Supplier<Weights> given) {
    /** Weights whose scales, if any, lie apart. */
    Source(Weights plain, Supplier<Weights> given) {
        this(plain, false, given);
    }

    /** These weights with a component more, which they can have. */
    Source with(UnaryOperator<Weights> component) {
        return new Source(component.apply(plain), holdsScales, () -> component.apply(given.get()));
    }

    /** These weights with something that is wrong. */
    Source spoiled(UnaryOperator<Weights> spoil) {
        return new Source(plain, holdsScales, () -> spoil.apply(given.get()));
    }
}
