package dev.tilesmith.sample.ocr;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HullTest {
    private static final double EXACT = 1e-9;

    @ParameterizedTest
    @ValueSource(doubles = {0, 0.1, 0.7, -0.3, 1.2, -1.5})
    void theBoxOfARectangleIsThatRectangle(double angle) {
        final Box rectangle = new Box(new Point(40, 30), 20, 6, angle);
        final Box box = Hull.of(points(rectangle)).box();
        assertEquals(rectangle.centre().x(), box.centre().x(), EXACT);
        assertEquals(rectangle.centre().y(), box.centre().y(), EXACT);
        final boolean turned = Math.abs(angle) > Math.PI / 4;
        assertEquals(turned ? 6 : 20, box.width(), EXACT);
        assertEquals(turned ? 20 : 6, box.height(), EXACT);
    }

    @Test
    void aSinglePointHasABoxWithoutArea() {
        assertEquals(0, Hull.of(List.of(new Point(3, 4))).box().area());
    }

    @Test
    void pointsOfOneRowHaveABoxWithoutHeight() {
        final Box box = Hull.of(List.of(new Point(3, 4), new Point(9, 4), new Point(5, 4)))
                .box();
        assertEquals(new Box(new Point(6, 4), 6, 0, 0), box);
    }

    /** Corners, and points within. */
    private static List<Point> points(Box box) {
        final Random random = new Random(1);
        final List<Point> points = new ArrayList<>();
        for (final double along : new double[] {-0.5, 0.5}) {
            for (final double across : new double[] {-0.5, 0.5}) {
                points.add(at(box, along, across));
            }
        }
        for (int i = 0; i < 50; i++) {
            points.add(at(box, random.nextDouble() - 0.5, random.nextDouble() - 0.5));
        }
        return points;
    }

    private static Point at(Box box, double along, double across) {
        final double cos = Math.cos(box.angle());
        final double sin = Math.sin(box.angle());
        final double x = along * box.width();
        final double y = across * box.height();
        return new Point(box.centre().x() + x * cos - y * sin, box.centre().y() + x * sin + y * cos);
    }
}
