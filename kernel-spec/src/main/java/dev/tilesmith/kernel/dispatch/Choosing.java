package dev.tilesmith.kernel.dispatch;

import dev.tilesmith.tune.ShapeClass;
import java.util.stream.Stream;

/** A way to choose for a class of shapes. Where there are several, the first that has a candidate is right. */
@FunctionalInterface
interface Choosing {
    /** What may serve products of a class, the best first. */
    Stream<Candidate> candidates(ShapeClass shape);
}
