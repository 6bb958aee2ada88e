package dev.tilesmith.processor.check;

import dev.tilesmith.processor.model.Declared;
import java.util.List;

/**
 * One thing that a declaration must not get wrong.
 *
 * @param <D> the declarations that it knows enough about
 */
@FunctionalInterface
public interface Rule<D extends Declared> {
    /** What the declaration gets wrong, in the order of the source. */
    List<Finding> check(D declaration);
}
