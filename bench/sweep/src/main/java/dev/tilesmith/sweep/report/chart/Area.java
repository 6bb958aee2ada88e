package dev.tilesmith.sweep.report.chart;

import dev.tilesmith.sweep.report.markup.Node;
import java.util.ArrayList;
import java.util.List;

/**
 * The area between two axes, in units of the chart: about a pixel of a phone, so that words are read there as they are written.
 *
 * @param x along the bottom
 * @param y along the left side
 * @param left where the area begins
 * @param top where it begins
 * @param width of it
 * @param height of it
 */
public record Area(Axis x, Axis y, double left, double top, double width, double height) {
    private static final double TICK = 4;

    /** Where a value is along the bottom. */
    public double atX(double value) {
        return left + width * x.scale().at(value);
    }

    /** Where a value is along the left side, counted from the top. */
    public double atY(double value) {
        return top + height * (1 - y.scale().at(value));
    }

    /** The axis at the bottom, with its values and its name. */
    public List<Node> bottom() {
        final double bottom = top + height;
        final List<Node> parts = new ArrayList<>();
        parts.add(Mark.line(left, bottom, left + width, bottom).with("class", "axis"));
        for (final double tick : x.scale().ticks()) {
            parts.add(Mark.line(atX(tick), bottom, atX(tick), bottom + TICK).with("class", "axis"));
            parts.add(Mark.words(atX(tick), bottom + 15, x.label().apply(tick))
                    .with("class", "tick")
                    .with("text-anchor", "middle"));
        }
        parts.add(Mark.words(left + width, bottom + 30, x.name())
                .with("class", "name")
                .with("text-anchor", "end"));
        return parts;
    }

    /** The values at the left side, with lines through the area, and the name above. */
    public List<Node> side() {
        final List<Node> parts = new ArrayList<>();
        for (final double tick : y.scale().ticks()) {
            parts.add(Mark.line(left, atY(tick), left + width, atY(tick)).with("class", "grid"));
            parts.add(Mark.words(left - TICK, atY(tick) + 3.5, y.label().apply(tick))
                    .with("class", "tick")
                    .with("text-anchor", "end"));
        }
        parts.add(Mark.words(2, top - 8, y.name()).with("class", "name"));
        return parts;
    }

    /** Lines upwards from the values at the bottom. */
    public List<Node> uprights() {
        return x.scale().ticks().stream()
                .<Node>map(tick ->
                        Mark.line(atX(tick), top, atX(tick), top + height).with("class", "grid"))
                .toList();
    }
}
