package dev.tilesmith.sweep.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.tilesmith.sweep.report.browser.Browser;
import dev.tilesmith.sweep.report.browser.ColourScheme;
import dev.tilesmith.sweep.report.browser.Page;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What a reader sees: on a phone and on a screen, in both colour schemes. */
@Tag("browser")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class ReportInBrowserTest {
    private static final int PHONE = 360;
    private static final int SCREEN = 1200;

    /** Numbers of the rows that are of a result, as the page has them, and the words that a reader reads. */
    private static final String ROWS = "[...document.querySelectorAll('tr[data-result]')].map(row => ({"
            + "result: +row.dataset.result, values: [...row.querySelectorAll('data')].map(data => +data.value),"
            + "words: row.innerText}))";

    /** What reaches beyond the right edge of the page, or is not to be seen at all. */
    private static final String ASTRAY = "[...document.querySelectorAll('body *')].filter(element => {const box ="
            + " element.getBoundingClientRect();return !element.closest('.scroll') && !element.closest('.surface') &&"
            + " box.right > document.documentElement.clientWidth + 0.5; }).map(element => element.outerHTML.slice(0,"
            + " 200))";

    /** Heights of words in charts, in pixels. */
    private static final String WORDS = "[...document.querySelectorAll('svg text')].filter(text => text.textContent)"
            + ".map(text => text.getBoundingClientRect().height)";

    /** Words in charts that reach out of their chart. */
    private static final String CUT = "[...document.querySelectorAll('svg text')].filter(text => {"
            + "const box = text.getBoundingClientRect(); const chart = text.ownerSVGElement.getBoundingClientRect();"
            + "return box.left < chart.left - 1 || box.right > chart.right + 1 || box.top < chart.top - 1"
            + " || box.bottom > chart.bottom + 1; }).map(text => text.textContent)";

    private Path folder;
    private Browser browser;
    private URI report;

    @BeforeAll
    void start(@TempDir Path all) throws IOException {
        folder = all;
        report = Files.writeString(
                        folder.resolve("report.html"), Report.of(MadeUp.sweep(), Optional.of(MadeUp.peers())))
                .toUri();
        browser = Browser.start(Path.of(System.getProperty("tilesmith.browser")), folder.resolve("user"));
    }

    @AfterAll
    void end() {
        browser.close();
    }

    static Stream<Arguments> views() {
        return Stream.of(PHONE, SCREEN)
                .flatMap(width -> Stream.of(ColourScheme.values()).map(scheme -> Arguments.of(width, scheme)));
    }

    @ParameterizedTest
    @MethodSource("views")
    void itIsReadable(int width, ColourScheme scheme) {
        final Page page = browser.open(report, width, scheme);
        page.evaluate("document.querySelectorAll('details').forEach(details => details.open = true)||''");
        assertEquals(List.of(), page.complaints());
        assertEquals(List.of(report.toString()), page.requests());
        assertEquals(width, page.evaluate("innerWidth").getAsInt());
        assertEquals("[]", page.evaluate(ASTRAY).toString());
        assertEquals(
                0,
                page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
                        .getAsInt());
        assertEquals("[]", page.evaluate(CUT).toString());
        for (final JsonElement height : page.evaluate(WORDS).getAsJsonArray()) {
            assertTrue(height.getAsDouble() >= 9, height::toString);
        }
        measurementsAreThoseOfTheFile(page);
        somethingIsSeen(page.screenshot(), scheme);
    }

    private static void measurementsAreThoseOfTheFile(Page page) {
        final JsonArray rows = page.evaluate(ROWS).getAsJsonArray();
        final JsonArray results = MadeUp.json().getAsJsonArray("results");
        assertEquals(results.size(), rows.size());
        for (int number = 0; number < rows.size(); number++) {
            final JsonObject row = rows.get(number).getAsJsonObject();
            final JsonObject result = results.get(row.get("result").getAsInt()).getAsJsonObject();
            assertEquals(
                    Stream.of("rounds", "medianNanos", "lowNanos", "highNanos", "gops")
                            .map(name -> result.get(name).getAsDouble())
                            .toList(),
                    row.getAsJsonArray("values").asList().stream()
                            .map(JsonElement::getAsDouble)
                            .toList());
            assertTrue(row.get("words")
                    .getAsString()
                    .contains(Figure.speed(result.get("gops").getAsDouble())));
        }
    }

    private static void somethingIsSeen(BufferedImage seen, ColourScheme scheme) {
        final int background = seen.getRGB(1, 1);
        final float brightness = brightness(background);
        assertTrue(
                switch (scheme) {
                    case LIGHT -> brightness > 0.9;
                    case DARK -> brightness < 0.2;
                },
                () -> scheme + " " + brightness);
        final long written = IntStream.range(0, seen.getWidth() * seen.getHeight())
                .filter(pixel ->
                        Math.abs(brightness(seen.getRGB(pixel % seen.getWidth(), pixel / seen.getWidth())) - brightness)
                                > 0.5)
                .count();
        assertTrue(written > 1000, () -> written + " pixels differ from the background");
    }

    private static float brightness(int rgb) {
        final Color color = new Color(rgb);
        return Color.RGBtoHSB(color.getRed(), color.getGreen(), color.getBlue(), new float[3])[2];
    }

    /** Each of the looks that the test takes finds what it is for. */
    @Test
    void aPageWithFaultsIsFound() throws IOException {
        final URI faulty = Files.writeString(
                        folder.resolve("faulty.html"),
                        "<!DOCTYPE html><meta name=viewport content='width=device-width'><script>console.error('fault')"
                                + "</script><img src=missing.png><div style='width: 800px'>wide</div>"
                                + "<svg width=100 height=20><text x=90 y=10 font-size=4>beyond it</text></svg>")
                .toUri();
        final Page page = browser.open(faulty, PHONE, ColourScheme.LIGHT);
        assertTrue(page.complaints().stream().anyMatch(complaint -> complaint.contains("fault")));
        assertEquals(2, page.requests().size());
        assertTrue(page.evaluate(ASTRAY).toString().contains("wide"));
        assertTrue(page.evaluate("document.documentElement.scrollWidth").getAsInt() > PHONE);
        assertTrue(page.evaluate(CUT).toString().contains("beyond"));
        assertFalse(page.evaluate(WORDS).getAsJsonArray().get(0).getAsDouble() >= 9);
    }

    @Test
    void thePictureIsReadByItself() throws IOException {
        final URI picture = Files.writeString(folder.resolve("sweep.svg"), Report.picture(MadeUp.sweep()))
                .toUri();
        for (final ColourScheme scheme : ColourScheme.values()) {
            final Page page = browser.open(picture, SCREEN, scheme);
            assertEquals(List.of(), page.complaints());
            assertEquals("[]", page.evaluate(CUT).toString());
            final BufferedImage seen = page.screenshot();
            final float brightness = brightness(seen.getRGB(150, 5));
            assertEquals(scheme == ColourScheme.LIGHT, brightness > 0.5);
        }
    }
}
