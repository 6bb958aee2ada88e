package dev.tilesmith.kernel.dispatch;

import dev.tilesmith.code.CodeRefusedException;
import dev.tilesmith.kernel.drive.Compute;
import dev.tilesmith.kernel.drive.Lineup;
import dev.tilesmith.kernel.layout.PanelLayout;
import dev.tilesmith.tune.ShapeClass;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.Consumer;

/**
 * Makes what was selected, each family once. One that the system refuses is left out, and the next serves: memory for code may
 * run out between two families.
 */
final class Assembly {
    private final Selection selection;
    private final Consumer<String> refused;
    private final List<Made> made = new ArrayList<>();

    /**
     * Of a selection.
     *
     * @param refused is told of what is left out, in a line
     */
    Assembly(Selection selection, Consumer<String> refused) {
        this.selection = selection;
        this.refused = refused;
    }

    /** A candidate that was made. */
    private record Served(Candidate candidate, Compute compute) {
        PanelLayout layout() {
            return compute.family().layout();
        }
    }

    /**
     * What became of a candidate, and becomes of all that are made alike.
     *
     * @param candidate the first of them
     * @param compute nothing if the system refuses its code
     */
    private record Made(Candidate candidate, Optional<Compute> compute) {}

    /** What computes by a candidate; nothing if the system refuses its code. */
    Optional<Compute> compute(Candidate candidate) {
        for (final Made before : made) {
            if (before.candidate().isMadeLike(candidate)) {
                return before.compute();
            }
        }
        final Optional<Compute> compute = make(candidate);
        made.add(new Made(candidate, compute));
        return compute;
    }

    private Optional<Compute> make(Candidate candidate) {
        try {
            return Optional.of(candidate
                    .entry()
                    .factory()
                    .make(candidate.family(), selection.roster().host(), candidate.tuning()));
        } catch (CodeRefusedException e) {
            refused.accept(candidate.family().target() + " is left out: " + e.getMessage());
            return Optional.empty();
        }
    }

    /** All that serves; nothing if no family runs. */
    Optional<Lineup> lineup() {
        final List<Served> best = new ArrayList<>();
        for (final ShapeClass shape : ShapeClass.all()) {
            final Optional<Served> found = served(shape);
            if (found.isEmpty()) {
                return Optional.empty();
            }
            best.add(found.get());
        }
        final Compute first = best.getFirst().compute();
        return Optional.of(
                best.stream().allMatch(served -> served.compute().equals(first)) ? Lineup.of(first) : mixed(best));
    }

    /** Of what serves each class best, in the order of {@link ShapeClass#all}. */
    private Lineup mixed(List<Served> bestOfAll) {
        final SequencedMap<ShapeClass, Served> best = new LinkedHashMap<>();
        for (int i = 0; i < bestOfAll.size(); i++) {
            best.put(ShapeClass.all().get(i), bestOfAll.get(i));
        }
        final Map<ShapeClass, PanelLayout> wanted = new HashMap<>();
        final Map<PanelLayout, Map<ShapeClass, Compute>> all = new HashMap<>();
        best.forEach((shape, served) -> {
            wanted.put(shape, served.layout());
            all.computeIfAbsent(served.layout(), layout -> reading(layout, best));
        });
        return Lineup.of(wanted, all, selection.roster().host().cpu().caches());
    }

    /** The first for a class that the system does not refuse. */
    private Optional<Served> served(ShapeClass shape) {
        for (final Candidate candidate : selection.candidates(shape)) {
            final Optional<Compute> compute = compute(candidate);
            if (compute.isPresent()) {
                return Optional.of(new Served(candidate, compute.get()));
            }
        }
        return Optional.empty();
    }

    /** What serves each class where weights are packed in one way: its best, or next best, or that of another class. */
    private Map<ShapeClass, Compute> reading(PanelLayout layout, SequencedMap<ShapeClass, Served> best) {
        final Map<ShapeClass, Compute> all = new HashMap<>();
        for (final ShapeClass shape : ShapeClass.all()) {
            final Compute compute = selection.candidates(shape).stream()
                    .filter(candidate -> candidate.family().layout().equals(layout))
                    .filter(candidate -> isMeant(candidate, best.get(shape)))
                    .flatMap(candidate -> compute(candidate).stream())
                    .findFirst()
                    .orElseGet(() -> nearest(shape, layout, best));
            all.put(shape, compute);
        }
        return all;
    }

    /** Whether somebody has chosen it for the class: the table's order did not. */
    private static boolean isMeant(Candidate candidate, Served best) {
        return switch (candidate.origin()) {
            case Origin.Picked _, Origin.NextBest _, Origin.Asked _, Origin.Modelled _ -> true;
            case Origin.InOrder _ -> candidate.equals(best.candidate());
        };
    }

    /** The best of a class of as many rows, or of any, that reads a layout: the one it is read for. */
    private static Compute nearest(ShapeClass shape, PanelLayout layout, SequencedMap<ShapeClass, Served> best) {
        final List<Map.Entry<ShapeClass, Served>> readers = best.entrySet().stream()
                .filter(each -> each.getValue().layout().equals(layout))
                .toList();
        return readers.stream()
                .filter(each -> each.getKey().rows() == shape.rows())
                .findFirst()
                .orElse(readers.getFirst())
                .getValue()
                .compute();
    }
}
