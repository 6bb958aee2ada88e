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
        text.lines().forEach(line -> {
            final int colon = line.indexOf(':');
            if (colon > 0) {
                values.computeIfAbsent(line.substring(0, colon).strip(), key -> new ArrayList<>())
                        .add(line.substring(colon + 1).strip());
            }
        });
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
        final List<Set<String>> distinct = new LinkedHashSet<>(all(key))
                .stream().map(line -> Set.of(line.split("\\s+", -1))).toList();
        if (distinct.isEmpty()) {
            throw new IllegalStateException(PATH + " has no line '" + key + "'");
        }
        final Set<String> common = new LinkedHashSet<>(distinct.getFirst());
        distinct.forEach(common::retainAll);
        return common;
    }
}
