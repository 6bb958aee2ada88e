package dev.tilesmith.bench.report;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import java.util.List;
import java.util.stream.StreamSupport;

/** Measurements as a JSON array of flat objects: the components of {@link Measurement}. */
public final class JsonReport {
    private static final Gson GSON =
            new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create();

    private JsonReport() {}

    /** The text of the file. */
    public static String of(List<Measurement> measurements) {
        return GSON.toJson(measurements) + "\n";
    }

    /** The measurements in the text of a file. */
    public static List<Measurement> read(String text) {
        return StreamSupport.stream(
                        JsonParser.parseString(text).getAsJsonArray().spliterator(), false)
                .filter(JsonReport::isOfToday)
                .map(object -> GSON.fromJson(object, Measurement.class))
                .toList();
    }

    /** Files of old know of no layers. */
    private static boolean isOfToday(JsonElement measurement) {
        return measurement.getAsJsonObject().has("layer");
    }
}
