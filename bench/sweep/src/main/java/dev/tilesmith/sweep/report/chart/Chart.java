package dev.tilesmith.sweep.report.chart;

import dev.tilesmith.sweep.report.markup.Element;
import dev.tilesmith.sweep.report.markup.Node;
import java.util.ArrayList;
import java.util.List;

/**
 * A chart: a picture that says in words what it is of.
 *
 * @param id tells it from others of a page
 * @param title what it is of
 * @param description what is to be seen in it
 * @param width of it, in its own units
 * @param height of it
 * @param marks what is drawn
 */
public record Chart(String id, String title, String description, double width, double height, List<Node> marks) {
    /** Copies the marks. */
    public Chart {
        marks = List.copyOf(marks);
    }

    /** The element. */
    public Element svg() {
        return svg(List.of());
    }

    /** The element by itself, a picture in a file, with a style sheet within. */
    public Element picture(String style) {
        return svg(List.of(
                        Element.of("style", style),
                        Mark.bar(0, 0, width, height).with("class", "surface")))
                .with("width", width)
                .with("height", height);
    }

    private Element svg(List<? extends Node> before) {
        final List<Node> parts = new ArrayList<>();
        parts.add(Element.of("title", title).with("id", id + "-title"));
        parts.add(Element.of("desc", description).with("id", id + "-desc"));
        parts.addAll(before);
        parts.addAll(marks);
        return Element.of("svg", parts)
                .with("xmlns", "http://www.w3.org/2000/svg")
                .with("viewBox", "0 0 " + Element.tenths(width) + " " + Element.tenths(height))
                .with("class", "chart")
                .with("role", "img")
                .with("aria-labelledby", id + "-title " + id + "-desc");
    }
}
