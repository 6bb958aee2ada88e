package dev.tilesmith.sweep.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import dev.tilesmith.spec.Schedule;
import dev.tilesmith.spec.Variant;
import dev.tilesmith.sweep.report.record.PeersFile;
import dev.tilesmith.sweep.report.record.Result;
import dev.tilesmith.sweep.report.record.SweepResults;
import dev.tilesmith.tune.ShapeClass;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

final class ReportTest {
    private static final SweepResults SWEEP = MadeUp.sweep();
    private static final String TEXT = Report.of(SWEEP, Optional.of(MadeUp.peers()));
    private static final Document PAGE = Pages.parse(TEXT);

    @Test
    void itIsTheSameForTheSameSweep() {
        assertEquals(TEXT, Report.of(MadeUp.sweep(), Optional.of(MadeUp.peers())));
        assertNotEquals(TEXT, Report.of(MadeUp.sweep(), Optional.empty()));
    }

    /** All rows of a table whose rows have numbers of results: the JSON's, in the order of columns. */
    @Test
    void everyMeasurementIsThere() {
        final JsonArray results = MadeUp.json().getAsJsonArray("results");
        final List<Element> rows = Pages.all(PAGE, "//tr[@data-result]");
        assertEquals(results.size(), rows.size());
        for (final Element row : rows) {
            final JsonObject result = results.get(Integer.parseInt(row.getAttribute("data-result")))
                    .getAsJsonObject();
            assertEquals(
                    Stream.of("rounds", "medianNanos", "lowNanos", "highNanos", "gops")
                            .map(name -> result.get(name).getAsDouble())
                            .toList(),
                    Pages.numbers(row));
            assertTrue(row.getTextContent().contains(result.get("variant").getAsString()));
            assertEquals(
                    result.get("noisy").getAsBoolean(), row.getTextContent().endsWith("noisy"));
        }
    }

    @Test
    void whatWasChosenIsThereForAllClasses() {
        final Map<String, JsonObject> chosen = MadeUp.json().getAsJsonArray("chosen").asList().stream()
                .map(JsonElement::getAsJsonObject)
                .collect(Collectors.toMap(pick -> pick.get("class").getAsString(), pick -> pick));
        final List<Element> rows = Pages.all(PAGE, "//tr[@data-class]");
        assertEquals(
                ShapeClass.all().stream().map(ShapeClass::name).toList(),
                rows.stream().map(row -> row.getAttribute("data-class")).toList());
        for (final Element row : rows) {
            final JsonObject pick = chosen.get(row.getAttribute("data-class"));
            final double gops = pick.get("gops").getAsDouble();
            assertTrue(row.getTextContent().contains(pick.get("variant").getAsString()));
            assertEquals(gops, Pages.numbers(row).getFirst());
            if (pick.has("next")) {
                final double next = pick.get("nextGops").getAsDouble();
                assertTrue(row.getTextContent().contains(pick.get("next").getAsString()));
                assertEquals(List.of(gops, next, gops / next - 1), Pages.numbers(row));
            }
        }
    }

    /** A mark in a roofline for each row of its table, and no variant left out. */
    @Test
    void everyVariantIsAPointOfARoofline() {
        final List<Element> rows = Pages.all(PAGE, "//tr[@data-point]");
        final Set<List<Object>> variants = SWEEP.results().stream()
                .map(result -> List.<Object>of(result.shape(), result.variant()))
                .collect(Collectors.toSet());
        assertEquals(variants.size(), rows.size());
        assertEquals(
                rows.size(),
                Pages.all(PAGE, "//section[@aria-labelledby='roofline']//*[contains(@class, 'point ')]")
                        .size());
        for (final Element row : rows) {
            final Result result = SWEEP.results().get(Integer.parseInt(row.getAttribute("data-point")));
            assertEquals(
                    List.of(result.shape().intensity(), result.gops(), result.lowGops(), result.highGops()),
                    Pages.numbers(row).subList(0, 4));
            assertEquals(SWEEP.isChosen(result), row.getTextContent().contains("chosen"));
        }
        assertEquals(
                SWEEP.shapes().size(),
                rows.stream()
                        .filter(row -> row.getTextContent().contains("chosen"))
                        .count());
    }

    /** Whatever the schedule, the number in a cell is the highest of that tile, target and shape. */
    @Test
    void aCellOfAHeatMapHasTheFastestOfItsTile() {
        final Map<List<Object>, Double> fastest =
                new TreeMap<>((one, other) -> one.toString().compareTo(other.toString()));
        SWEEP.results().stream().filter(result -> result.knobs().isEmpty()).forEach(result -> {
            final Variant variant = result.variant();
            fastest.merge(
                    List.of(result.shape(), variant.target(), variant.mr(), variant.nr()), result.gops(), Math::max);
        });
        final List<Element> cells = Pages.all(PAGE, "//td[@data-tile]");
        assertEquals(fastest.size(), cells.size());
        for (final Element cell : cells) {
            final Result result = SWEEP.results().get(Integer.parseInt(cell.getAttribute("data-tile")));
            final Variant variant = result.variant();
            assertEquals(
                    List.of(fastest.get(List.of(result.shape(), variant.target(), variant.mr(), variant.nr()))),
                    Pages.numbers(cell));
            assertEquals(variant.name(), cell.getAttribute("title").replace(", noisy", ""));
            assertEquals(
                    !variant.schedule().equals(Schedule.DEFAULT),
                    !Pages.within(cell, "small").isEmpty());
        }
    }

    @Test
    void everySweptKnobHasItsValues() {
        assertEquals(
                List.of(List.of(2048.0, 4096.0, 0.9812), List.of(256.0, 1.0)),
                Pages.all(PAGE, "//tr[@data-tried]").stream()
                        .map(Pages::numbers)
                        .toList());
        final long swept = SWEEP.results().stream()
                .filter(result -> !result.knobs().isEmpty())
                .count();
        final Set<String> shown = Pages.all(PAGE, "//tr[@data-knob]").stream()
                .map(row -> row.getAttribute("data-knob"))
                .collect(Collectors.toSet());
        assertTrue(swept > 10);
        SWEEP.results().stream()
                .filter(result -> !result.knobs().isEmpty())
                .forEach(result -> assertTrue(shown.contains(Integer.toString(result.number())), result.toString()));
        Pages.all(PAGE, "//tr[@data-knob]")
                .forEach(row -> assertEquals(
                        SWEEP.results()
                                .get(Integer.parseInt(row.getAttribute("data-knob")))
                                .gops(),
                        Pages.numbers(row).getFirst()));
    }

    @Test
    void ratiosAreToPeersOfTheSameFormatsShapesAndThreads() {
        final List<Element> rows = Pages.all(PAGE, "//tr[@data-peer]");
        assertEquals(
                Set.of("onednn", "openblas", "onnxruntime"),
                rows.stream().map(row -> row.getAttribute("data-peer")).collect(Collectors.toSet()));
        assertEquals(3 * 6, rows.size()); // of seven shapes, peers have six
        rows.forEach(row -> assertEquals(
                Pages.numbers(row).get(0) / Pages.numbers(row).get(1),
                Pages.numbers(row).get(2)));
    }

    @Test
    void theMachineIsDescribed() {
        final String machine = Pages.all(PAGE, "//section[@aria-labelledby='machine']")
                .getFirst()
                .getTextContent();
        for (final String fact :
                List.of("made up for tests", "512 KiB", "32 MiB", "another process took 3 %", "104.5")) {
            assertTrue(machine.contains(fact), machine);
        }
    }

    /** Each chart says what it is of, and has its numbers in a table within the same pair. */
    @Test
    void chartsHaveWordsAndTables() {
        final List<Element> charts = Pages.all(PAGE, "//*[local-name()='svg']");
        assertTrue(charts.size() > 6);
        for (final Element chart : charts) {
            final List<String> words = Stream.of(
                            chart.getAttribute("aria-labelledby").split(" "))
                    .map(id -> Pages.all(chart, ".//*[@id='" + id + "']")
                            .getFirst()
                            .getTextContent())
                    .toList();
            assertEquals(2, words.size());
            words.forEach(text -> assertFalse(text.isBlank()));
        }
        Pages.all(PAGE, "//div[@class='pair']").forEach(pair -> {
            assertEquals(1, Pages.within(pair, "svg").size());
            assertEquals(1, Pages.within(pair, "table").size());
        });
        assertEquals(charts.size(), Pages.all(PAGE, "//div[@class='pair']").size());
    }

    @Test
    void idsAreUniqueAndLinksLeadToThem() {
        final List<String> ids = Pages.all(PAGE, "//*[@id]").stream()
                .map(element -> element.getAttribute("id"))
                .toList();
        assertEquals(Set.copyOf(ids).size(), ids.size());
        Pages.all(PAGE, "//*[@href]")
                .forEach(link ->
                        assertTrue(ids.contains(link.getAttribute("href").substring(1)), link.getAttribute("href")));
    }

    @Test
    void nothingIsLoadedAndNothingRuns() {
        final String page = TEXT.replaceAll("xmlns=\"http://www.w3.org/[0-9a-z/]+\"", "");
        for (final String none : List.of("://", "src=", "url(", "@import", "<script", "<link", "<img", "onload")) {
            assertFalse(page.contains(none), none);
        }
    }

    /** Browsers read style sheets of pages as they are, those of pictures as XML: nothing in them may differ. */
    @ParameterizedTest
    @EnumSource
    void styleSheetsHaveNoCharactersThatAreEscaped(Style style) {
        assertFalse(style.text().isBlank());
        for (final String escaped : List.of("<", ">", "&", "\"")) {
            assertFalse(style.text().contains(escaped), escaped);
        }
    }

    /** Every class that an element has is in a style sheet, or is there for tests and readers alone. */
    @Test
    void classesAreStyled() {
        final Set<String> used = new HashSet<>();
        Pages.all(PAGE, "//*[@class]")
                .forEach(element ->
                        used.addAll(List.of(element.getAttribute("class").split(" "))));
        used.removeAll(Set.of("best", "label", "shape"));
        final String styles = Style.CHART.text() + Style.PAGE.text();
        used.forEach(name -> assertTrue(styles.contains("." + name), name));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<script>alert(1)</script>",
                "\"><img src=x onerror=alert(1)>",
                "</style></title></svg>",
                "&amp;&#60;]]>--><!--",
                "a\u0000b\u001f\u007f\ud800\uffffc",
                "\u202etxt.exe"
            })
    void whateverIsInTheFilesStaysWords(String hostile) {
        final SweepResults sweep = MadeUp.with(json -> {
            json.addProperty("kernel", hostile);
            json.addProperty("recipe", hostile);
            json.addProperty("started", hostile);
            json.getAsJsonObject("machine").addProperty("cpu", hostile);
            json.getAsJsonObject("machine").addProperty(hostile, "fact");
        });
        final PeersFile peers = new PeersFile(MadeUp.peers().rows().stream()
                .map(row -> new PeersFile.Row(
                        hostile, row.m(), row.n(), row.k(), row.cold(), row.threads(), hostile, row.gops()))
                .toList());
        final Document page = Pages.parse(Report.of(sweep, Optional.of(peers)));
        final String readable = hostile.replaceAll("[\\x00\\x1f\\x7f\\ud800\\uffff]", "\ufffd");
        assertEquals("Sweep of " + readable, Pages.all(page, "//h1").getFirst().getTextContent());
        assertEquals(elements(PAGE), elements(page));
        assertTrue(Pages.all(page, "//tr[@data-peer]").stream()
                .allMatch(row -> row.getAttribute("data-peer").equals(readable)));
    }

    private static Set<String> elements(Document page) {
        return Pages.all(page, "//*").stream().map(Element::getTagName).collect(Collectors.toSet());
    }

    @Test
    void aSweepWithoutResultsHasAPage() {
        final SweepResults empty = MadeUp.with(json -> {
            json.add("shapes", new JsonArray());
            json.add("results", new JsonArray());
            json.add("chosen", new JsonArray());
            json.remove("knobs");
        });
        final Document page = Pages.parse(Report.of(empty, Optional.of(MadeUp.peers())));
        assertEquals(0, Pages.all(page, "//*[local-name()='svg']").size());
        assertEquals(7, Pages.all(page, "//section").size());
        assertThrows(IllegalArgumentException.class, () -> Report.picture(empty));
    }

    /** Of each measurement alone: no scale may need two. */
    @Test
    void aSweepOfOnePointHasAPage() {
        IntStream.range(0, SWEEP.results().size())
                .filter(number -> number % 25 == 0)
                .forEach(number -> {
                    final Document page = Pages.parse(Report.of(only(number), Optional.empty()));
                    assertEquals(1, Pages.all(page, "//tr[@data-point]").size());
                    assertEquals(
                            1,
                            Pages.all(page, "//*[local-name()='svg']//*[contains(@class, 'point ')]")
                                    .size());
                });
    }

    private static SweepResults only(int number) {
        return MadeUp.with(json -> {
            final JsonArray results = new JsonArray();
            results.add(json.getAsJsonArray("results").get(number));
            json.add("results", results);
            json.remove("limits");
        });
    }

    @Test
    void noResultIsAboveTheBestThatWasSeen() {
        final SweepResults sweep = MadeUp.with(json -> json.remove("limits"));
        Roofline.of(sweep).forEach(roofline -> roofline.results()
                .forEach(result -> assertTrue(roofline.share(result) <= 1 + 1e-12, result.toString())));
        assertTrue(Report.of(sweep, Optional.empty()).contains("best seen"));
    }

    /** Coordinates are numbers within the chart, whatever the figures. */
    @ParameterizedTest
    @ValueSource(doubles = {1e-6, 1, 1e6})
    void marksAreWithinTheirCharts(double factor) {
        final SweepResults sweep = MadeUp.with(json -> {
            json.remove("limits");
            for (final JsonElement result : json.getAsJsonArray("results")) {
                final JsonObject figures = result.getAsJsonObject();
                for (final String nanos : List.of("medianNanos", "lowNanos", "highNanos")) {
                    figures.add(nanos, new JsonPrimitive(figures.get(nanos).getAsDouble() / factor));
                }
                figures.addProperty("gops", figures.get("gops").getAsDouble() * factor);
            }
        });
        for (final Element chart :
                Pages.all(Pages.parse(Report.of(sweep, Optional.empty())), "//*[local-name()='svg']")) {
            final String[] box = chart.getAttribute("viewBox").split(" ", 4);
            final double width = Double.parseDouble(box[2]);
            final double height = Double.parseDouble(box[3]);
            for (final Map.Entry<String, Double> bound : Map.of(
                            "cx", width, "cy", height, "x", width, "y", height, "x1", width, "y2", height)
                    .entrySet()) {
                Pages.within(chart, "*").stream()
                        .filter(mark -> mark.hasAttribute(bound.getKey()))
                        .forEach(mark -> {
                            final double at = Double.parseDouble(mark.getAttribute(bound.getKey()));
                            assertTrue(at >= 0 && at <= bound.getValue(), () -> bound.getKey() + " " + at);
                        });
            }
        }
    }

    @Test
    void thePictureStandsByItself() {
        final Element picture = Pages.parse(Report.picture(SWEEP)).getDocumentElement();
        assertEquals("svg", picture.getTagName());
        assertEquals("http://www.w3.org/2000/svg", picture.getAttribute("xmlns"));
        assertTrue(picture.hasAttribute("width"));
        assertTrue(Pages.all(picture, "./*[local-name()='style']")
                .getFirst()
                .getTextContent()
                .contains("prefers-color-scheme: dark"));
    }
}
