package dev.tilesmith.sweep.store;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/**
 * What a sweep knows so far, in a file of lines of JSON: the first says of what, each other is an {@link Entry} with the time
 * that was spent until then. A line is written as a whole when it is known, and a part of one at the end, where a sweep was
 * killed, counts for nothing.
 */
public final class Journal {
    private static final String SWEEP = "sweep";
    private static final String SPENT = "spentNanos";

    private final Path file;
    private final List<Entry> entries;
    private long spent;

    private Journal(Path file, List<Entry> entries, long spent) {
        this.file = file;
        this.entries = new ArrayList<>(entries);
        this.spent = spent;
    }

    /**
     * The journal in a file: what is there is gone on with, if it is of the same sweep, and else replaced.
     *
     * @param sweep what is swept, on which machine, with which settings: one line
     * @throws IOException if the file cannot be read or written
     */
    public static Journal open(Path file, String sweep) throws IOException {
        final JsonObject header = new JsonObject();
        header.addProperty(SWEEP, sweep);
        final List<String> lines = Files.exists(file) ? wholeLines(file) : List.of();
        if (lines.isEmpty() || !lines.getFirst().equals(header.toString())) {
            Files.writeString(file, header + "\n");
            return new Journal(file, List.of(), 0);
        }
        final List<Entry> entries = new ArrayList<>();
        long spent = 0;
        for (int i = 1; i < lines.size(); i++) {
            try {
                final JsonObject json = JsonParser.parseString(lines.get(i)).getAsJsonObject();
                entries.add(EntryJson.read(json));
                spent = json.get(SPENT).getAsLong();
            } catch (RuntimeException e) {
                throw new IOException(
                        file + ": line " + (i + 1) + " is not what a sweep wrote; delete the file to begin anew", e);
            }
        }
        Files.writeString(file, String.join("\n", lines) + "\n");
        return new Journal(file, entries, spent);
    }

    /** Without what comes after the last end of a line. */
    private static List<String> wholeLines(Path file) throws IOException {
        final String text = Files.readString(file, StandardCharsets.UTF_8);
        return text.substring(0, text.lastIndexOf('\n') + 1).lines().toList();
    }

    /** What is known, in the order in which it came. */
    public List<Entry> entries() {
        return List.copyOf(entries);
    }

    /** Nanoseconds that were spent until the last entry. */
    public long spent() {
        return spent;
    }

    /** Writes an entry down. */
    public void add(Entry entry, long spentNanos) {
        final JsonObject json = EntryJson.write(entry);
        json.addProperty(SPENT, spentNanos);
        try {
            Files.writeString(file, json + "\n", StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(file + ": cannot be written", e);
        }
        entries.add(entry);
        spent = spentNanos;
    }
}
