package dev.tilesmith.sweep.report;

import dev.tilesmith.spec.Target;
import dev.tilesmith.sweep.report.markup.Element;
import dev.tilesmith.sweep.report.markup.Text;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;

/** What colours and marks mean. */
final class Legend {
    private Legend() {}

    /** Of points of targets, in the order of the targets. */
    static Element ofPoints(Collection<Target> targets) {
        final List<Element> items = new ArrayList<>();
        if (!targets.isEmpty()) {
            EnumSet.copyOf(targets).forEach(target -> items.add(item("key " + Naming.colour(target), target.code())));
        }
        items.add(item("key chosen", "chosen"));
        items.add(item("key noisy", "noisy"));
        return Element.of("ul", items).with("class", "legend");
    }

    /** Of anything. */
    static Element of(List<Element> items) {
        return Element.of("ul", items).with("class", "legend");
    }

    /** One meaning. */
    static Element item(String kind, String meaning) {
        return Element.of(
                "li", Element.of("span", "").with("class", kind).with("aria-hidden", "true"), new Text(meaning));
    }
}
