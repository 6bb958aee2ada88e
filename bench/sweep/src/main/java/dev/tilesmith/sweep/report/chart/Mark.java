package dev.tilesmith.sweep.report.chart;

import dev.tilesmith.sweep.report.markup.Element;
import dev.tilesmith.sweep.report.markup.Node;
import java.util.List;
import java.util.stream.Collectors;

/** What is drawn in a chart. */
public final class Mark {
    private Mark() {}

    /** A line. */
    public static Element line(double fromX, double fromY, double toX, double toY) {
        return Element.of("line")
                .with("x1", fromX)
                .with("y1", fromY)
                .with("x2", toX)
                .with("y2", toY);
    }

    /** A line through places. */
    public static Element path(List<Place> places) {
        return Element.of("polyline")
                .with("points", places.stream().map(Place::toString).collect(Collectors.joining(" ")));
    }

    /** A round dot. */
    public static Element dot(double x, double y, double radius) {
        return Element.of("circle").with("cx", x).with("cy", y).with("r", radius);
    }

    /** A square that stands on a corner. */
    public static Element diamond(double x, double y, double radius) {
        return Element.of("polygon")
                .with(
                        "points",
                        List.of(
                                        new Place(x, y - radius),
                                        new Place(x + radius, y),
                                        new Place(x, y + radius),
                                        new Place(x - radius, y))
                                .stream()
                                .map(Place::toString)
                                .collect(Collectors.joining(" ")));
    }

    /** A bar from left to right. */
    public static Element bar(double x, double y, double width, double height) {
        return Element.of("rect").with("x", x).with("y", y).with("width", width).with("height", height);
    }

    /** Words that begin at a place. */
    public static Element words(double x, double y, String words) {
        return Element.of("text", words).with("x", x).with("y", y);
    }

    /** A mark that says what it is where a pointer rests on it. */
    public static Element saying(Element mark, String words) {
        return mark.add(Element.of("title", words));
    }

    /** Marks that belong together. */
    public static Element group(String kind, List<? extends Node> marks) {
        return Element.of("g", marks).with("class", kind);
    }

    /**
     * A place in a chart.
     *
     * @param x from the left
     * @param y from the top
     */
    public record Place(double x, double y) {
        @Override
        public String toString() {
            return Element.tenths(x) + "," + Element.tenths(y);
        }
    }
}
