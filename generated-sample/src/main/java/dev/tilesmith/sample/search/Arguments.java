package dev.tilesmith.sample.search;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * What the program was asked: passages to search, and queries.
 *
 * @param passages the lines of the text
 * @param queries what to look for
 */
record Arguments(List<String> passages, List<String> queries) {
    private static final String DEFAULT = "-";

    /**
     * Of the command line: the path of a text file, then queries. An argument {@value #DEFAULT}, or none, means the default.
     *
     * @throws IllegalArgumentException if the file cannot be read, or holds nothing
     */
    static Arguments of(String... args) {
        final boolean named = args.length > 0 && !args[0].equals(DEFAULT);
        final List<String> passages = named ? read(Path.of(args[0])) : ModelFiles.passages();
        final List<String> queries = Arrays.stream(args)
                .skip(1)
                .filter(query -> !query.equals(DEFAULT))
                .toList();
        return new Arguments(passages, queries.isEmpty() ? ModelFiles.queries() : queries);
    }

    private static List<String> read(Path text) {
        final List<String> lines;
        try {
            lines = ModelFiles.lines(Files.readAllBytes(text));
        } catch (IOException e) {
            throw new IllegalArgumentException("text: cannot read '" + text + "': " + e.getMessage(), e);
        }
        if (lines.isEmpty()) {
            throw new IllegalArgumentException("text: '" + text + "' has no lines; expected a passage a line");
        }
        return lines;
    }
}
