package dev.tilesmith.kernel.dispatch;

import dev.tilesmith.kernel.layout.PanelFamily;
import dev.tilesmith.runtime.Choice;
import dev.tilesmith.runtime.Choice.Verdict;
import dev.tilesmith.tune.ShapeClass;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What becomes of each family of a table in a selection. */
final class Verdicts {
    private final Selection selection;
    private final SequencedMap<ShapeClass, Candidate> best = new LinkedHashMap<>();

    Verdicts(Selection selection) {
        this.selection = selection;
        ShapeClass.all().forEach(shape -> selection.best(shape).ifPresent(candidate -> best.put(shape, candidate)));
    }

    /** What serves each class; empty if no family runs. */
    SequencedMap<ShapeClass, Candidate> best() {
        return best;
    }

    /** Whether all classes are served alike. */
    boolean areAlike() {
        return best.values().stream().distinct().count() == 1;
    }

    /** In the table's order. */
    List<Choice> choices() {
        return selection.roster().entries().stream().map(this::choice).toList();
    }

    private Choice choice(FamilyEntry entry) {
        return selection
                .roster()
                .unmet(entry.family())
                .map(unmet -> new Choice(entry.family(), Verdict.UNUSABLE, unmet.reason()))
                .orElseGet(() -> usable(entry));
    }

    private Choice usable(FamilyEntry entry) {
        final SequencedMap<ShapeClass, Candidate> served = new LinkedHashMap<>();
        best.forEach((shape, candidate) -> {
            if (candidate.entry().equals(entry)) {
                served.put(shape, candidate);
            }
        });
        return served.isEmpty()
                ? new Choice(entry.family(), Verdict.USABLE, "usable, but " + whatElse())
                : new Choice(tallest(served), Verdict.CHOSEN, reason(served));
    }

    private String whatElse() {
        if (selection.asked().isPresent()) {
            return "another was asked for";
        }
        return best.values().stream()
                .flatMap(candidate -> candidate.origin() instanceof Origin.Picked picked
                        ? Stream.of(picked.guide().where() + " picks no tile of it")
                        : Stream.empty())
                .findFirst()
                .orElse("a better one comes before it");
    }

    /** With the tiles that are used: of a variant that was chosen, no taller ones. */
    private static PanelFamily tallest(Map<ShapeClass, Candidate> served) {
        return served.values().stream()
                .map(Candidate::family)
                .max(Comparator.comparingInt(PanelFamily::maxMr))
                .orElseThrow();
    }

    /** By whom it was chosen; where for some classes alone, for which. */
    private String reason(SequencedMap<ShapeClass, Candidate> served) {
        final Map<String, List<String>> classes = served.entrySet().stream()
                .collect(Collectors.groupingBy(
                        each -> each.getValue().origin().who(),
                        LinkedHashMap::new,
                        Collectors.mapping(each -> each.getKey().name(), Collectors.toList())));
        return classes.entrySet().stream()
                .map(each -> each.getValue().size() == ShapeClass.all().size()
                        ? each.getKey()
                        : each.getKey() + " for " + String.join(", ", each.getValue()))
                .collect(Collectors.joining("; "));
    }
}
