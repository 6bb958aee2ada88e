package dev.tilesmith.bench.model;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.tilesmith.bench.report.Table;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Loops and what is predicted of them, as JSON and as tables in markdown. */
public final class StaticReport {
    private static final Gson GSON =
            new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create();

    private static final Pattern SIZE = Pattern.compile("(|decoded)\\d+x\\d+(.*)");

    private final String tool;
    private final List<ModelledLoop> loops;

    /**
     * A report.
     *
     * @param tool whose predictions they are
     * @param loops by formats and target, the tallest tile first
     */
    public StaticReport(String tool, List<ModelledLoop> loops) {
        this.tool = tool;
        this.loops = List.copyOf(loops);
    }

    /** An object with the tool and an array of all loops. */
    public String json() {
        final JsonArray array = new JsonArray();
        loops.forEach(modelled -> array.add(json(modelled)));
        final JsonObject root = new JsonObject();
        root.addProperty("tool", tool);
        root.addProperty("streaming_vector_bytes", Load.STREAMING_BYTES);
        root.add("loops", array);
        return GSON.toJson(root) + "\n";
    }

    private static JsonObject json(ModelledLoop modelled) {
        final Loop loop = modelled.loop();
        final int multiplies = loop.multiplications().size();
        final JsonObject object = new JsonObject();
        object.addProperty("formats", loop.formats());
        object.addProperty("target", loop.target());
        object.addProperty("tile", loop.tile());
        object.addProperty("multiplier", loop.multiplier());
        object.addProperty("instructions", loop.size());
        object.addProperty("multiplies", multiplies);
        object.addProperty("accumulators", loop.accumulators());
        object.addProperty("loads", loop.loads());
        object.addProperty("loaded_bytes", loop.loadedBytes());
        object.addProperty("instructions_per_multiply", (double) loop.size() / multiplies);
        object.addProperty("loads_per_multiply", (double) loop.loads() / multiplies);
        object.addProperty("loaded_bytes_per_multiply", (double) loop.loadedBytes() / multiplies);
        final JsonArray predictions = new JsonArray();
        modelled.predictions().forEach(prediction -> predictions.add(json(prediction)));
        object.add("predictions", predictions);
        return object;
    }

    private static JsonObject json(Prediction prediction) {
        final JsonObject object = new JsonObject();
        object.addProperty("cpu", prediction.cpu());
        object.addProperty("cycles_per_iteration", prediction.cycles());
        object.addProperty("instructions_per_cycle", prediction.instructionsPerCycle());
        object.addProperty("multiplies_per_cycle", prediction.multipliesPerCycle());
        object.addProperty("limit_per_cycle", prediction.limitPerCycle());
        object.addProperty("of_limit", prediction.ofLimit());
        object.addProperty("multiply_accumulates_per_cycle", prediction.productsPerCycle());
        object.addProperty("cycles_per_multiply_accumulate", 1 / prediction.productsPerCycle());
        object.addProperty("limiting", prediction.limiting());
        return object;
    }

    /** Tables of the tallest tile of each family: the one with the most sums, and the first of these. */
    public String tallest() {
        final Map<String, ModelledLoop> tallest = new LinkedHashMap<>();
        loops.forEach(modelled -> tallest.merge(family(modelled.loop()), modelled, StaticReport::taller));
        return tables(tallest.values());
    }

    /** Of weights of four bits, tiles of packed and of decoded weights, and each with and without the ends of blocks. */
    private static String family(Loop loop) {
        final Matcher size = SIZE.matcher(loop.tile());
        return loop.formats() + loop.target() + (size.matches() ? size.group(1) + size.group(2) : "");
    }

    private static ModelledLoop taller(ModelledLoop one, ModelledLoop other) {
        return other.loop().accumulators() > one.loop().accumulators() ? other : one;
    }

    /** Tables of all tiles. */
    public String all() {
        return tables(loops);
    }

    private static String tables(Collection<ModelledLoop> of) {
        final Table modelled = new Table(
                "loop",
                "CPU",
                "cycles an iteration",
                "multiply-accumulates a cycle",
                "multiplies a cycle",
                "of limit",
                "loads a multiply",
                "instructions a cycle",
                "limiting");
        final Table counted =
                new Table("loop", "ZA tiles", "instructions an outer product", "vectors loaded", "bytes loaded");
        for (final ModelledLoop each : of) {
            each.predictions().forEach(prediction -> modelled.add(cells(each.loop(), prediction)));
            if (each.loop().isScalable()) {
                counted.add(cells(each.loop()));
            }
        }
        return modelled.text() + (counted.isEmpty() ? "" : "\n" + counted.text());
    }

    private static String[] cells(Loop loop, Prediction prediction) {
        return new String[] {
            name(loop),
            prediction.cpu(),
            number(prediction.cycles(), 2),
            number(prediction.productsPerCycle(), 1),
            number(prediction.multipliesPerCycle(), 3) + " of " + number(prediction.limitPerCycle(), 0),
            number(100 * prediction.ofLimit(), 2) + " %",
            perMultiply(loop, loop.loads()),
            number(prediction.instructionsPerCycle(), 2),
            prediction.limiting()
        };
    }

    private static String[] cells(Loop loop) {
        return new String[] {
            name(loop),
            Integer.toString(loop.accumulators()),
            perMultiply(loop, loop.size()),
            perMultiply(loop, loop.loads()),
            perMultiply(loop, loop.loadedBytes())
        };
    }

    private static String name(Loop loop) {
        return loop.formats() + " " + loop.target() + " " + loop.tile() + " " + loop.multiplier();
    }

    private static String perMultiply(Loop loop, int number) {
        return number((double) number / loop.multiplications().size(), 2);
    }

    private static String number(double value, int digits) {
        return String.format(Locale.ROOT, "%." + digits + "f", value);
    }
}
