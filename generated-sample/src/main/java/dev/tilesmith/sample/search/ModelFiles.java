package dev.tilesmith.sample.search;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Files on the class path: the model's, in the jar that it comes in, and the text that this sample ships. */
public final class ModelFiles {
    private static final String MODEL = "all-minilm-l6-v2-q.onnx";
    private static final String TOKENIZER = "all-minilm-l6-v2-q-tokenizer.json";
    private static final String TEXT = "passages.txt";
    private static final String QUERIES = "queries.txt";

    private ModelFiles() {}

    /** all-MiniLM-L6-v2, dynamically quantized to int8. */
    public static byte[] model() {
        return read("/" + MODEL);
    }

    /** Its tokenizer. */
    public static byte[] tokenizer() {
        return read("/" + TOKENIZER);
    }

    /** The default text, a passage a line. */
    public static List<String> passages() {
        return lines(read("/dev/tilesmith/sample/search/" + TEXT));
    }

    /** The default queries. */
    public static List<String> queries() {
        return lines(read("/dev/tilesmith/sample/search/" + QUERIES));
    }

    /** The lines of a text that are not blank. */
    static List<String> lines(byte[] text) {
        return new String(text, StandardCharsets.UTF_8)
                .lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .toList();
    }

    private static byte[] read(String resource) {
        try (InputStream in = ModelFiles.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException("resource " + resource + " is not on the class path");
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException("resource " + resource + ": " + e.getMessage(), e);
        }
    }
}
