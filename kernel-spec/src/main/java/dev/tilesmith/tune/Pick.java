package dev.tilesmith.tune;

import dev.tilesmith.spec.Variant;
import java.util.Optional;

/**
 * What is best for a class of shapes, of the variants that have its formats.
 *
 * @param shape the class
 * @param variant the tallest tile, with those shorter ones of its family that rows are made up of
 * @param gops how fast it was: multiplications and additions in a nanosecond
 * @param next the best of another packing or target, and how fast; nothing if there was none
 */
public record Pick(ShapeClass shape, Variant variant, double gops, Optional<Next> next) {
    /**
     * What comes after the best.
     *
     * @param variant which
     * @param gops how fast
     */
    public record Next(Variant variant, double gops) {}
}
