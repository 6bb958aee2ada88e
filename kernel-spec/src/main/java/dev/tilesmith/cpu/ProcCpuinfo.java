package dev.tilesmith.cpu;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The lines of {@code /proc/cpuinfo}.
 *
 * @param values for each key, its values in the order of the processors
 */
record ProcCpuinfo(Map<String, List<String>> values) {
    static final String PATH = "/proc/cpuinfo";

    static ProcCpuinfo parse(String text) {
        final Map<String, List<String>> values = new LinkedHashMap<>();
        for (final String line : text.split("\n", -1)) {
            final int colon = line.indexOf(':');
            if (colon > 0) {
                values.computeIfAbsent(line.substring(0, colon).strip(), key -> new ArrayList<>())
                        .add(line.substring(colon + 1).strip());
            }
        }
        return new ProcCpuinfo(values);
    }

    /** The values of a key, one a processor; empty where there is no such line. */
    List<String> all(String key) {
        return values.getOrDefault(key, List.of());
    }

    /**
     * The words that every processor has in its line of that key: a thread may run on any of them.
     *
     * @throws IllegalStateException if no processor has such a line
     */
    Set<String> common(String key) {
        final List<String> lines = all(key);
        if (lines.isEmpty()) {
            throw new IllegalStateException(PATH + " has no line '" + key + "'");
        }
        final Set<String> common = words(lines.getFirst());
        for (final String other : new LinkedHashSet<>(lines)) {
            common.retainAll(words(other));
        }
        return common;
    }

    private static Set<String> words(String line) {
        final Set<String> words = new LinkedHashSet<>();
        for (final String word : line.split(" ", -1)) {
            if (!word.isBlank()) {
                words.add(word);
            }
        }
        return words;
    }
}
