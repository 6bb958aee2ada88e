package dev.tilesmith.sweep.report;

import dev.tilesmith.sweep.report.markup.Element;
import dev.tilesmith.sweep.report.markup.Text;
import java.util.List;

/** Tables that a phone can move sideways. */
final class Table {
    private Table() {}

    /** A table of rows that {@link #row} makes. */
    static Element of(String caption, List<String> head, List<Element> rows) {
        final Element names = Element.of(
                "tr",
                head.stream()
                        .map(name -> Element.of("th", name).with("scope", "col"))
                        .toList());
        return scrolling(
                caption,
                Element.of(
                        "table",
                        Element.of("caption", caption),
                        Element.of("thead", names),
                        Element.of("tbody", rows)));
    }

    /** A region that can be moved by keys too. */
    static Element scrolling(String name, Element table) {
        return Element.of("div", table)
                .with("class", "scroll")
                .with("role", "region")
                .with("aria-label", name)
                .with("tabindex", "0");
    }

    /** A row. */
    static Element row(List<Element> cells) {
        return Element.of("tr", cells);
    }

    /** What a row is of. */
    static Element head(String words) {
        return Element.of("th", words).with("scope", "row");
    }

    /** Words. */
    static Element cell(String words) {
        return Element.of("td", words);
    }

    /** A number as it was measured, written in short. */
    static Element number(double value, String text) {
        return Element.of("td", Element.of("data", new Text(text)).with("value", Double.toString(value)))
                .with("class", "number");
    }

    /** A number of things. */
    static Element count(long value) {
        return number((double) value, Long.toString(value));
    }

    /** No number. */
    static Element none() {
        return Element.of("td", "–").with("class", "number");
    }
}
