package dev.tilesmith.sweep.store;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.tilesmith.spec.SweptShape;
import dev.tilesmith.spec.Target;
import dev.tilesmith.spec.Variant;
import dev.tilesmith.sweep.measure.Standing;
import dev.tilesmith.sweep.measure.Standing.Confidence;
import dev.tilesmith.sweep.plan.Candidate;
import dev.tilesmith.sweep.statistic.Estimate;
import dev.tilesmith.tune.Knob;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Entries as JSON, and back. */
final class EntryJson {
    private EntryJson() {}

    static JsonObject write(Entry entry) {
        final JsonObject json = new JsonObject();
        switch (entry) {
            case Entry.LeftBehind(SweptShape shape, List<Standing<Candidate>> slower) -> {
                json.addProperty("leftBehind", shape.toString());
                json.add("results", write(slower));
            }
            case Entry.Measured(SweptShape shape, long weightBytes, List<Standing<Candidate>> standings) -> {
                json.addProperty("measured", shape.toString());
                json.addProperty("weightBytes", weightBytes);
                json.add("results", write(standings));
            }
            case Entry.KnobTried(
                    Target target,
                    Knob knob,
                    long from,
                    long to,
                    double ratio,
                    List<Entry.Trial> trials) -> {
                json.addProperty("tried", knob.code());
                json.addProperty("target", target.name());
                json.addProperty("from", from);
                json.addProperty("to", to);
                json.addProperty("ratio", ratio);
                json.add("results", writeTrials(trials));
            }
        }
        return json;
    }

    /**
     * The entry that JSON is.
     *
     * @throws RuntimeException if it is none
     */
    static Entry read(JsonObject json) {
        if (json.has("leftBehind")) {
            return new Entry.LeftBehind(SweptShape.parse(json.get("leftBehind").getAsString()), readAll(json));
        }
        if (json.has("measured")) {
            return new Entry.Measured(
                    SweptShape.parse(json.get("measured").getAsString()),
                    json.get("weightBytes").getAsLong(),
                    readAll(json));
        }
        return new Entry.KnobTried(
                Target.valueOf(json.get("target").getAsString()),
                Knob.named(json.get("tried").getAsString()),
                json.get("from").getAsLong(),
                json.get("to").getAsLong(),
                json.get("ratio").getAsDouble(),
                readTrials(json));
    }

    private static JsonArray writeTrials(List<Entry.Trial> trials) {
        final JsonArray all = new JsonArray();
        for (final Entry.Trial trial : trials) {
            final JsonObject json = write(trial.standing());
            json.addProperty("shape", trial.shape().toString());
            all.add(json);
        }
        return all;
    }

    private static List<Entry.Trial> readTrials(JsonObject json) {
        final List<Entry.Trial> trials = new ArrayList<>();
        for (final JsonElement result : json.getAsJsonArray("results")) {
            final JsonObject trial = result.getAsJsonObject();
            trials.add(new Entry.Trial(SweptShape.parse(trial.get("shape").getAsString()), readStanding(trial)));
        }
        return trials;
    }

    private static JsonArray write(List<Standing<Candidate>> standings) {
        final JsonArray all = new JsonArray();
        standings.forEach(standing -> all.add(write(standing)));
        return all;
    }

    /** What is said of a candidate, without the shape. */
    static JsonObject write(Standing<Candidate> standing) {
        final JsonObject json = new JsonObject();
        json.addProperty("variant", standing.candidate().variant().name());
        json.add("knobs", write(standing.candidate().knobs()));
        json.addProperty("rounds", standing.estimate().count());
        json.addProperty("medianNanos", standing.estimate().median());
        json.addProperty("lowNanos", standing.estimate().low());
        json.addProperty("highNanos", standing.estimate().high());
        json.addProperty("confidence", standing.confidence().name().toLowerCase(Locale.ROOT));
        return json;
    }

    static JsonObject write(Map<Knob, Long> knobs) {
        final JsonObject json = new JsonObject();
        knobs.forEach((knob, value) -> json.addProperty(knob.code(), value));
        return json;
    }

    private static List<Standing<Candidate>> readAll(JsonObject json) {
        final List<Standing<Candidate>> standings = new ArrayList<>();
        for (final JsonElement result : json.getAsJsonArray("results")) {
            standings.add(readStanding(result.getAsJsonObject()));
        }
        return standings;
    }

    private static Standing<Candidate> readStanding(JsonObject json) {
        final Map<Knob, Long> knobs = new EnumMap<>(Knob.class);
        json.getAsJsonObject("knobs")
                .entrySet()
                .forEach(knob ->
                        knobs.put(Knob.named(knob.getKey()), knob.getValue().getAsLong()));
        return new Standing<>(
                new Candidate(Variant.parse(json.get("variant").getAsString()), knobs),
                new Estimate(
                        json.get("rounds").getAsInt(),
                        json.get("lowNanos").getAsDouble(),
                        json.get("medianNanos").getAsDouble(),
                        json.get("highNanos").getAsDouble()),
                Confidence.valueOf(json.get("confidence").getAsString().toUpperCase(Locale.ROOT)));
    }
}
