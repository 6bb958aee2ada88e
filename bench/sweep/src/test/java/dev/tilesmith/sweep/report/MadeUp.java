package dev.tilesmith.sweep.report;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.tilesmith.sweep.report.record.PeersFile;
import dev.tilesmith.sweep.report.record.SweepReader;
import dev.tilesmith.sweep.report.record.SweepResults;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/** A sweep and peers whose figures are made up, and which say so: all six classes, four targets, knobs, noise. */
public final class MadeUp {
    private MadeUp() {}

    /** The text of the sweep's file. */
    public static String sweepText() {
        return read("made-up-sweep.json");
    }

    /** The sweep. */
    static SweepResults sweep() {
        return SweepReader.parse(sweepText());
    }

    /** The sweep's file as JSON. */
    static JsonObject json() {
        return JsonParser.parseString(sweepText()).getAsJsonObject();
    }

    /** The sweep with something else in its file. */
    static SweepResults with(Consumer<JsonObject> change) {
        final JsonObject json = json();
        change.accept(json);
        return SweepReader.parse(json.toString());
    }

    /** The peers. */
    static PeersFile peers() {
        return PeersFile.parse(read("made-up-peers.json"));
    }

    private static String read(String name) {
        try (InputStream file = MadeUp.class.getResourceAsStream(name)) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
