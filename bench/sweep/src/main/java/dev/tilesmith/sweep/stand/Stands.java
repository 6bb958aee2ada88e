package dev.tilesmith.sweep.stand;

import dev.tilesmith.spec.SweptShape;
import dev.tilesmith.sweep.plan.Candidate;
import java.util.List;

/** What can be measured: of a declaration, its variants on this machine. */
public interface Stands {
    /** What is worth measuring for a shape, the likeliest first. */
    List<Candidate> candidates(SweptShape shape);

    /**
     * Operands of a shape.
     *
     * @throws IllegalArgumentException if the shape is not one for the formats
     */
    Stand open(SweptShape shape);
}
