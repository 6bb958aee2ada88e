package dev.tilesmith.processor.product.model;

import dev.tilesmith.spec.Target;
import java.util.List;

/**
 * A {@code @Sweep}.
 *
 * @param targets targets to have a lattice of; empty for all of the declaration
 * @param unroll steps that a pass along K may take
 * @param shapes what is to be measured, as it stands in the source
 * @param obstacles why there can be no JMH class; none where there can
 */
public record SweepRequest(
        List<Target> targets, List<Integer> unroll, List<String> shapes, List<JmhObstacle> obstacles) {
    /** Makes the lists immutable. */
    public SweepRequest {
        targets = List.copyOf(targets);
        unroll = List.copyOf(unroll);
        shapes = List.copyOf(shapes);
        obstacles = List.copyOf(obstacles);
    }

    /** Whether there is a JMH class. */
    public boolean hasJmh() {
        return obstacles.isEmpty();
    }

    /** Whether it asks for a lattice of a target, should the declaration have that. */
    public boolean isOf(Target target) {
        return targets.isEmpty() || targets.contains(target);
    }
}
