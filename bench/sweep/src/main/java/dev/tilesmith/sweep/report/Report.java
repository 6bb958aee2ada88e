package dev.tilesmith.sweep.report;

import dev.tilesmith.sweep.report.markup.Element;
import dev.tilesmith.sweep.report.markup.Node;
import dev.tilesmith.sweep.report.markup.Text;
import dev.tilesmith.sweep.report.record.PeersFile;
import dev.tilesmith.sweep.report.record.SweepResults;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The report of a sweep: a page that needs nothing beside itself, and is the same to the character for the same sweep. Nothing
 * in it moves, and every chart has its numbers in a table beside it.
 */
public final class Report {
    private Report() {}

    /** The text of the page. */
    public static String of(SweepResults sweep, Optional<PeersFile> peers) {
        final List<Section> sections = List.of(
                ChosenSection.of(sweep),
                RooflineSection.of(sweep),
                TilesSection.of(sweep),
                KnobsSection.of(sweep),
                PeersSection.of(sweep, peers),
                MachineSection.of(sweep),
                ResultsSection.of(sweep));
        return "<!DOCTYPE html>\n" + page(sweep, sections) + "\n";
    }

    /**
     * One chart of it, as a picture by itself: the roofline of weights from a cache, or from memory where none were in a cache.
     *
     * @throws IllegalArgumentException if nothing was measured
     */
    public static String picture(SweepResults sweep) {
        return Roofline.of(sweep).stream()
                .findFirst()
                .map(roofline -> RooflineChart.withLegend(sweep, roofline).picture(Style.CHART.text()) + "\n")
                .orElseThrow(() -> new IllegalArgumentException("sweep.results: none; a picture needs at least one"));
    }

    private static Element page(SweepResults sweep, List<Section> sections) {
        final String title = "Sweep of " + sweep.kernel();
        return Element.of("html", head(title), body(sweep, title, sections))
                .with("xmlns", "http://www.w3.org/1999/xhtml")
                .with("lang", "en");
    }

    private static Element head(String title) {
        return Element.of(
                "head",
                Element.of("meta").with("charset", "utf-8"),
                Element.of("meta").with("name", "viewport").with("content", "width=device-width, initial-scale=1"),
                Element.of("meta").with("name", "color-scheme").with("content", "light dark"),
                Element.of("title", title),
                Element.of("style", Style.CHART.text() + Style.PAGE.text()));
    }

    private static Element body(SweepResults sweep, String title, List<Section> sections) {
        final List<Node> links = new ArrayList<>();
        sections.forEach(section -> {
            links.add(Element.of("a", section.title()).with("href", "#" + section.id()));
            links.add(new Text(" "));
        });
        return Element.of(
                "body",
                Element.of(
                        "header",
                        Element.of("h1", title),
                        Section.words(sweep.recipe() + ", started " + sweep.started()),
                        Element.of("nav", links).with("aria-label", "Sections")),
                Element.of("main", sections.stream().map(Section::element).toList()));
    }
}
