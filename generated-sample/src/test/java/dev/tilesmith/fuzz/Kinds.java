package dev.tilesmith.fuzz;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Findings by kind: those are of one that differ in numbers alone. The first of each are told in full. */
final class Kinds {
    private static final int MOST_TOLD = 3;
    private static final Pattern DETAILS =
            Pattern.compile("(?s)( \\[problem|; what is wrong is|\\n| \\{|MemorySegment).*");
    private static final Pattern NUMBER = Pattern.compile("\\d+");

    private final Map<String, List<String>> seeds = new TreeMap<>();
    private final Consumer<String> log;

    /** Tells {@code log} of the first findings of each kind. */
    Kinds(Consumer<String> log) {
        this.log = log;
    }

    void add(String finding) {
        final int colon = finding.indexOf(':');
        final String what = DETAILS.matcher(finding.substring(colon + 2)).replaceFirst("");
        final List<String> ofKind = seeds.computeIfAbsent(NUMBER.matcher(what).replaceAll("N"), _ -> new ArrayList<>());
        ofKind.add(finding.substring(0, colon));
        if (ofKind.size() <= MOST_TOLD) {
            log.accept(finding);
        }
    }

    /** How many of each kind, a kind to a line. */
    @Override
    public String toString() {
        return seeds.entrySet().stream()
                .map(kind -> "%5d x %s, first %s"
                        .formatted(
                                kind.getValue().size(),
                                kind.getKey(),
                                kind.getValue().getFirst()))
                .collect(Collectors.joining("\n"));
    }
}
