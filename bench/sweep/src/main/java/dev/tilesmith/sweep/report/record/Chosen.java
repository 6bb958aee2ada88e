package dev.tilesmith.sweep.report.record;

import dev.tilesmith.spec.Variant;
import dev.tilesmith.tune.ShapeClass;
import java.util.Optional;

/**
 * What was chosen for a class of shapes, with the figures that the file has.
 *
 * @param shape the class
 * @param variant the variant
 * @param gops how fast it was
 * @param next what came next, if anything did
 */
public record Chosen(ShapeClass shape, Variant variant, double gops, Optional<Next> next) {
    /**
     * What comes after the best.
     *
     * @param variant which
     * @param gops how fast
     */
    public record Next(Variant variant, double gops) {}
}
