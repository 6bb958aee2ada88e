package dev.tilesmith.sweep.report.record;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import dev.tilesmith.sweep.report.MadeUp;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class SweepResultsTest {
    private static JsonObject json() {
        return JsonParser.parseString(MadeUp.sweepText()).getAsJsonObject();
    }

    private static String refused(String text) {
        final Exception refused = assertThrows(IllegalArgumentException.class, () -> SweepReader.parse(text));
        assertTrue(refused.getMessage().startsWith("sweep"), refused.getMessage());
        return refused.getMessage();
    }

    static Stream<Arguments> required() {
        final Stream<Arguments> top = Stream.of("machine", "kernel", "recipe", "started", "shapes", "results", "chosen")
                .map(name -> Arguments.of("", name));
        final Stream<Arguments> shapes =
                Stream.of("class", "m", "n", "k", "weightBytes").map(name -> Arguments.of("shapes", name));
        final Stream<Arguments> results = Stream.of(
                        "shape", "variant", "rounds", "medianNanos", "lowNanos", "highNanos", "gops")
                .map(name -> Arguments.of("results", name));
        final Stream<Arguments> chosen =
                Stream.of("class", "variant", "gops", "nextGops").map(name -> Arguments.of("chosen", name));
        return Stream.of(top, shapes, results, chosen).flatMap(all -> all);
    }

    /** Without each, and with each of another kind. */
    @ParameterizedTest
    @MethodSource("required")
    void whatIsMissingOrOfAnotherKindIsNamed(String array, String name) {
        final List<JsonElement> others = List.of(
                JsonNull.INSTANCE, new JsonPrimitive(true), new JsonPrimitive(-1), new JsonPrimitive("no such thing"));
        final JsonObject without = json();
        place(without, array).remove(name);
        assertTrue(refused(without.toString()).contains(name));
        for (final JsonElement other : others) {
            final JsonObject changed = json();
            final JsonObject place = place(changed, array);
            if (place.get(name).isJsonPrimitive()
                    && place.get(name).getAsJsonPrimitive().isString()
                    && array.isEmpty()
                    && other.isJsonPrimitive()) {
                continue; // words of people are not checked
            }
            place.add(name, other);
            assertTrue(refused(changed.toString()).contains(name), name);
        }
    }

    private static JsonObject place(JsonObject json, String array) {
        return array.isEmpty() ? json : json.getAsJsonArray(array).get(0).getAsJsonObject();
    }

    @ParameterizedTest
    @CsvSource({
        "results, shape, 7, expected 0 to 6",
        "results, shape, 0.5, expected a whole number",
        "results, gops, 0, expected a number above 0",
        "results, lowNanos, 1e300, expected no more than the median",
        "results, highNanos, 1e-300, expected no less than the median",
        "shapes, weightBytes, 0, expected 1 or more",
        "shapes, m, 0, expected 1 to",
        "shapes, k, 4e9, expected 1 to"
    })
    void numbersOutOfRangeAreNamed(String array, String name, double value, String expected) {
        final JsonObject json = json();
        place(json, array).addProperty(name, value);
        final String message = refused(json.toString());
        assertTrue(message.contains(array + "[0]." + name), message);
        assertTrue(message.contains(expected), message);
    }

    @Test
    void aClassIsChosenForOnce() {
        final JsonObject json = json();
        json.getAsJsonArray("chosen").add(json.getAsJsonArray("chosen").get(2));
        assertTrue(refused(json.toString()).contains("chosen[6].class"));
    }

    @Test
    void anUnknownKnobIsNamed() {
        final JsonObject json = json();
        final JsonObject knobs = new JsonObject();
        knobs.addProperty("warp", 9);
        place(json, "results").add("knobs", knobs);
        final String message = refused(json.toString());
        assertTrue(message.contains("results[0].knobs") && message.contains("'warp'"), message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "[]", "{} {}", "{'kernel': 1}", "nonsense", "null", "\u0000"})
    void whatIsNoSweepIsRefused(String text) {
        refused(text);
    }

    /** A file that was cut off anywhere is refused, by the same kind of exception. */
    @Test
    void whatIsCutOffIsRefused() {
        final String text = MadeUp.sweepText().strip();
        for (int end = 0; end < text.length(); end += 97) {
            refused(text.substring(0, end));
        }
        refused(text.substring(0, text.length() - 1));
    }

    @Test
    void deepNestingIsRefused() {
        refused("[".repeat(100_000));
    }

    @Test
    void whatALaterSweepMayAddIsPassedOver() {
        final JsonObject json = json();
        json.addProperty("later", 1);
        for (final String array : List.of("shapes", "results", "chosen")) {
            place(json, array).add("later", new JsonArray());
        }
        assertEquals(SweepReader.parse(MadeUp.sweepText()), SweepReader.parse(json.toString()));
    }

    /** A sweep gives up on what is slow while it is warmed up: then nothing is sure of it. */
    @Test
    void aVariantThatHadNoTurnIsNotSure() {
        final JsonObject json = json();
        for (int rounds = 0; rounds < 12; rounds++) {
            place(json, "results").addProperty("rounds", rounds);
            assertEquals(
                    rounds >= 6,
                    SweepReader.parse(json.toString()).results().getFirst().isSure());
        }
    }

    /** A variant that was measured twice counts as it was measured longest. */
    @Test
    void theLongestMeasurementCounts() {
        final JsonObject json = json();
        final JsonArray results = json.getAsJsonArray("results");
        final int before = SweepReader.parse(json.toString()).settled().size();
        final JsonObject longer = results.get(3).deepCopy().getAsJsonObject();
        longer.addProperty("rounds", 100_000);
        results.add(longer);
        final JsonObject shorter = longer.deepCopy();
        shorter.addProperty("rounds", 1);
        results.add(shorter);
        final SweepResults sweep = SweepReader.parse(json.toString());
        assertEquals(before, sweep.settled().size());
        assertTrue(sweep.settled().contains(sweep.results().get(results.size() - 2)));
        assertTrue(!sweep.settled().contains(sweep.results().get(3)));
    }

    @Test
    void intervalsOfSpeedAreThoseOfTime() {
        SweepReader.parse(MadeUp.sweepText()).results().forEach(result -> {
            assertTrue(result.lowGops() <= result.gops() && result.gops() <= result.highGops());
            assertEquals(result.shape().operations() / result.highNanos(), result.lowGops(), 1e-3 * result.gops());
            assertTrue(!result.isApartFrom(result));
        });
    }
}
