package dev.tilesmith.bench.work;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tilesmith.sweep.operand.BeyondCaches;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ShapeGroupTest {
    @Test
    void everyShapeReadsBackFromItsText() {
        assertEquals(
                ShapeGroup.all(),
                ShapeGroup.all().stream().map(Shape::toString).map(Shape::parse).toList());
    }

    @Test
    void noShapeIsMeasuredTwice() {
        assertEquals(ShapeGroup.all().size(), new HashSet<>(ShapeGroup.all()).size());
    }

    @ParameterizedTest
    @EnumSource
    void aGroupIsReadByItsName(ShapeGroup group) {
        assertEquals(group.shapes(), ShapeGroup.parse(group.toString()));
    }

    @Test
    void groupsAndShapesMix() {
        assertEquals(
                List.of(
                        new Shape(1, 2, 3),
                        Shape.cube(8),
                        Shape.cube(16),
                        Shape.cube(24),
                        Shape.cube(32),
                        Shape.cube(48)),
                ShapeGroup.parse("1x2x3, 8,small"));
    }

    @Test
    void aModelHasEachLayerForEachNumberOfRows() {
        assertEquals(20, ShapeGroup.MINILM.shapes().size());
        assertTrue(ShapeGroup.LLAMA.shapes().contains(new Shape(32, 11008, 4096)));
    }

    @ParameterizedTest
    @EnumSource
    void whatIsQuickIsDefinedAndOfAGroup(Operation operation) {
        for (final Shape shape : ShapeGroup.quick(operation)) {
            assertTrue(operation.isDefinedFor(shape) && ShapeGroup.all().contains(shape), shape.toString());
        }
    }

    @ParameterizedTest
    @EnumSource
    void copiesOfColdWeightsExceedEveryCache(Operation operation) {
        for (final Shape shape : ShapeGroup.COLD.shapes()) {
            final double bytes = operation.weightBytes() * shape.n() * shape.k();
            final int copies = operation.copies(shape);
            assertTrue(copies >= 2 && copies * bytes >= BeyondCaches.bytes(), copies + " of " + shape);
            assertTrue(copies == 2 || (copies - 1) * bytes < BeyondCaches.bytes(), copies + " of " + shape);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "big", "1x2", "0x1x1", "1x2x-3", "1x2x3x4", "64,,64", "64-cold", "1x2x3-warm"})
    void whatIsNoShapeIsRefused(String text) {
        assertThrows(IllegalArgumentException.class, () -> ShapeGroup.parse(text));
    }
}
