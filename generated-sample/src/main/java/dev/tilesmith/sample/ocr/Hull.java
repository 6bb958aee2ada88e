package dev.tilesmith.sample.ocr;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The corners of the convex hull of points, in order.
 *
 * @param corners one or more
 */
record Hull(List<Point> corners) {
    /** Copies the list. */
    Hull {
        corners = List.copyOf(corners);
    }

    /** Andrew's monotone chains. */
    static Hull of(List<Point> points) {
        final List<Point> sorted = points.stream()
                .distinct()
                .sorted(Comparator.comparingDouble(Point::x).thenComparingDouble(Point::y))
                .toList();
        if (sorted.size() < 3) {
            return new Hull(sorted);
        }
        final List<Point> corners = chain(sorted);
        corners.removeLast();
        corners.addAll(chain(sorted.reversed()));
        corners.removeLast();
        return new Hull(corners);
    }

    private static List<Point> chain(List<Point> sorted) {
        final List<Point> chain = new ArrayList<>();
        for (final Point point : sorted) {
            while (chain.size() >= 2 && turn(chain.get(chain.size() - 2), chain.getLast(), point) <= 0) {
                chain.removeLast();
            }
            chain.add(point);
        }
        return chain;
    }

    private static double turn(Point a, Point b, Point c) {
        return (b.x() - a.x()) * (c.y() - a.y()) - (b.y() - a.y()) * (c.x() - a.x());
    }

    /** The rectangle of the least area around it. One of its sides lies on a side of the hull. */
    Box box() {
        Box least = along(0);
        for (int i = 0; i < corners.size(); i++) {
            final Point from = corners.get(i);
            final Point to = corners.get((i + 1) % corners.size());
            final Box box = along(Math.atan2(to.y() - from.y(), to.x() - from.x()));
            if (box.area() < least.area()) {
                least = box;
            }
        }
        return least.level();
    }

    /** The rectangle around it that has sides of this direction. */
    private Box along(double angle) {
        final double cos = Math.cos(angle);
        final double sin = Math.sin(angle);
        double left = Double.POSITIVE_INFINITY;
        double right = Double.NEGATIVE_INFINITY;
        double top = Double.POSITIVE_INFINITY;
        double bottom = Double.NEGATIVE_INFINITY;
        for (final Point corner : corners) {
            final double along = corner.x() * cos + corner.y() * sin;
            final double across = corner.y() * cos - corner.x() * sin;
            left = Math.min(left, along);
            right = Math.max(right, along);
            top = Math.min(top, across);
            bottom = Math.max(bottom, across);
        }
        final double along = (left + right) / 2;
        final double across = (top + bottom) / 2;
        final Point centre = new Point(along * cos - across * sin, along * sin + across * cos);
        return new Box(centre, right - left, bottom - top, angle);
    }
}
