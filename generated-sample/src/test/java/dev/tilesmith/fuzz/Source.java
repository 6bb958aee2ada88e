package dev.tilesmith.fuzz;

import dev.tilesmith.runtime.Weights;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * Weights of a problem.
 *
 * @param plain dense ones, for the reference
 * @param given the same as they are given to the kernel, wherever they lie; or a refusal
 */
record Source(Weights plain, Supplier<Weights> given) {
    /** These weights with a component more, which they can have. */
    Source with(UnaryOperator<Weights> component) {
        return new Source(component.apply(plain), () -> component.apply(given.get()));
    }

    /** These weights with something that is wrong. */
    Source spoiled(UnaryOperator<Weights> spoil) {
        return new Source(plain, () -> spoil.apply(given.get()));
    }
}
