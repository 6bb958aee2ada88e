package dev.tilesmith.sweep.store;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.tilesmith.spec.SweptShape;
import dev.tilesmith.sweep.limit.Limits;
import dev.tilesmith.sweep.measure.Standing;
import dev.tilesmith.sweep.measure.Standing.Confidence;
import dev.tilesmith.sweep.plan.Candidate;
import dev.tilesmith.sweep.store.Entry.KnobTried;
import dev.tilesmith.sweep.store.Entry.Measured;
import dev.tilesmith.tune.Machine;
import dev.tilesmith.tune.Pick;
import dev.tilesmith.tune.ShapeClass;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The result of a sweep for programs: {@code sweep.json}.
 *
 * @param machine where it was measured
 * @param kernel the declaration
 * @param recipe its formats: of result, left operand and weights
 * @param started when, in ISO 8601
 * @param threads on how many threads
 * @param limits what the machine gives at best
 */
public record SweepFile(Machine machine, String kernel, String recipe, String started, int threads, Limits limits) {
    private static final Gson GSON = new GsonBuilder().setPrettyPrinting().create();

    /**
     * Writes what was found; a file of that name is replaced at once.
     *
     * @param measured shapes that were measured
     * @param classOf the class of each
     * @param knobs what was tried
     * @param picks what was chosen
     * @param notices what to know of it
     */
    public void write(
            Path file,
            List<Measured> measured,
            Function<Measured, ShapeClass> classOf,
            List<KnobTried> knobs,
            List<Pick> picks,
            List<String> notices)
            throws IOException {
        final JsonObject json = new JsonObject();
        json.add("machine", ofMachine());
        json.addProperty("kernel", kernel);
        json.addProperty("recipe", recipe);
        json.addProperty("started", started);
        json.addProperty("threads", threads);
        json.add("limits", ofLimits());
        json.add("shapes", shapes(measured, classOf));
        json.add("results", results(measured, knobs));
        json.add("knobs", knobs(knobs));
        json.add("chosen", chosen(picks));
        final JsonArray said = new JsonArray();
        notices.forEach(said::add);
        json.add("notices", said);
        final Path written = file.resolveSibling(file.getFileName() + ".new");
        Files.writeString(written, GSON.toJson(json) + "\n");
        Files.move(written, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }

    private JsonObject ofMachine() {
        final JsonObject json = new JsonObject();
        json.addProperty("cpu", machine.cpu());
        json.addProperty("signature", machine.signature());
        json.addProperty("features", machine.featureWords());
        final JsonObject caches = new JsonObject();
        caches.addProperty("l1d", machine.caches().l1d());
        caches.addProperty("l2", machine.caches().l2());
        caches.addProperty("l3", machine.caches().l3());
        caches.addProperty("line", machine.caches().line());
        json.add("caches", caches);
        json.addProperty("jdk", machine.jdk());
        return json;
    }

    private JsonObject ofLimits() {
        final JsonObject json = new JsonObject();
        limits.computeGops().ifPresent(limit -> json.addProperty("computeGops", limit));
        limits.cacheGigabytes().ifPresent(limit -> json.addProperty("cacheGigabytes", limit));
        limits.memoryGigabytes().ifPresent(limit -> json.addProperty("memoryGigabytes", limit));
        return json;
    }

    private static JsonArray shapes(List<Measured> measured, Function<Measured, ShapeClass> classOf) {
        final JsonArray shapes = new JsonArray();
        for (final Measured one : measured) {
            final JsonObject json = new JsonObject();
            json.addProperty("class", classOf.apply(one).name());
            json.addProperty("shape", one.shape().toString());
            json.addProperty("m", one.shape().m());
            json.addProperty("n", one.shape().n());
            json.addProperty("k", one.shape().k());
            json.addProperty("weightBytes", one.weightBytes());
            shapes.add(json);
        }
        return shapes;
    }

    private static JsonArray results(List<Measured> measured, List<KnobTried> knobs) {
        final JsonArray results = new JsonArray();
        for (int i = 0; i < measured.size(); i++) {
            final SweptShape shape = measured.get(i).shape();
            final Stream<Standing<Candidate>> trials = knobs.stream()
                    .flatMap(knob -> knob.trials().stream())
                    .filter(trial -> trial.shape().equals(shape))
                    .map(Entry.Trial::standing);
            for (final Standing<Candidate> standing :
                    Stream.concat(measured.get(i).standings().stream(), trials).toList()) {
                final JsonObject json = new JsonObject();
                json.addProperty("shape", i);
                EntryJson.write(standing).entrySet().forEach(part -> json.add(part.getKey(), part.getValue()));
                json.addProperty(
                        "gops",
                        operations(measured.get(i).shape())
                                / standing.estimate().median());
                json.addProperty("noisy", standing.confidence() == Confidence.NOISY);
                results.add(json);
            }
        }
        return results;
    }

    private static double operations(SweptShape shape) {
        return 2.0 * shape.m() * shape.n() * shape.k();
    }

    private static JsonArray knobs(List<KnobTried> knobs) {
        final JsonArray tried = new JsonArray();
        for (final KnobTried knob : knobs) {
            final JsonObject json = new JsonObject();
            json.addProperty("target", knob.target().code());
            json.addProperty("knob", knob.knob().code());
            json.addProperty("from", knob.from());
            json.addProperty("to", knob.to());
            json.addProperty("ratio", knob.ratio());
            tried.add(json);
        }
        return tried;
    }

    private static JsonArray chosen(List<Pick> picks) {
        final JsonArray chosen = new JsonArray();
        for (final Pick pick : picks) {
            final JsonObject json = new JsonObject();
            json.addProperty("class", pick.shape().name());
            json.addProperty("variant", pick.variant().name());
            json.addProperty("gops", pick.gops());
            pick.next().ifPresent(next -> {
                json.addProperty("next", next.variant().name());
                json.addProperty("nextGops", next.gops());
            });
            chosen.add(json);
        }
        return chosen;
    }
}
