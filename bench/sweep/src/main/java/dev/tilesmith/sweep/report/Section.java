package dev.tilesmith.sweep.report;

import dev.tilesmith.sweep.report.markup.Element;
import dev.tilesmith.sweep.report.markup.Node;
import java.util.ArrayList;
import java.util.List;

/**
 * A part of the page.
 *
 * @param id its address within the page
 * @param title its heading
 * @param body what is below that
 */
record Section(String id, String title, List<Node> body) {
    Section {
        body = List.copyOf(body);
    }

    /** The element. */
    Element element() {
        final List<Node> parts = new ArrayList<>();
        parts.add(Element.of("h2", title).with("id", id));
        parts.addAll(body);
        return Element.of("section", parts).with("aria-labelledby", id);
    }

    /** A paragraph. */
    static Element words(String words) {
        return Element.of("p", words);
    }

    /** A chart, what there is to know of it, and the table that has its numbers: beside it where there is room. */
    static Element figure(String heading, Element chart, List<? extends Node> notes, Element table) {
        final List<Node> caption = new ArrayList<>();
        caption.add(Element.of("strong", heading));
        caption.addAll(notes);
        return Element.of("div", Element.of("figure", Element.of("figcaption", caption), chart), table)
                .with("class", "pair");
    }
}
