package dev.tilesmith.bench.report;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import java.util.List;

/** The measurements as a JSON array of flat objects: the components of {@link Measurement}. */
public final class JsonReport {
    private static final Gson GSON =
            new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create();

    private JsonReport() {}

    /** The text of the file. */
    public static String of(List<Row> rows) {
        return GSON.toJson(rows.stream()
                        .flatMap(row -> row.measurements().stream())
                        .toList()) + "\n";
    }
}
