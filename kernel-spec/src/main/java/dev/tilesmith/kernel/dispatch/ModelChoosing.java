package dev.tilesmith.kernel.dispatch;

import dev.tilesmith.cpu.CacheSizes;
import dev.tilesmith.spec.Target;
import dev.tilesmith.spec.Variant;
import dev.tilesmith.tune.CostGroup;
import dev.tilesmith.tune.CostModel;
import dev.tilesmith.tune.Factor;
import dev.tilesmith.tune.Found;
import dev.tilesmith.tune.ShapeClass;
import dev.tilesmith.tune.Tuning;
import dev.tilesmith.tune.Work;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Ranks the families of the first target that runs by what the cost model expects of them. Among targets it does not choose, for nothing
 * says how its figures for one compare with those for another; where that target has one family, it has nothing to say.
 */
final class ModelChoosing implements Choosing {
    private static final double PERCENT = 100;

    private final List<FamilyEntry> entries;
    private final CacheSizes caches;
    private final Found found;
    private final Map<ShapeClass, List<Candidate>> ranked = new HashMap<>();

    private ModelChoosing(List<FamilyEntry> entries, CacheSizes caches, Found found) {
        this.entries = entries;
        this.caches = caches;
        this.found = found;
    }

    /** Of what is on a roster. */
    static Choosing of(Roster roster, Found found) {
        final List<FamilyEntry> usable = roster.usable();
        final List<FamilyEntry> first = usable.stream()
                .filter(entry -> target(entry) == target(usable.getFirst()))
                .toList();
        return first.size() < 2
                ? _ -> Stream.empty()
                : new ModelChoosing(first, roster.host().cpu().caches(), found);
    }

    private static Target target(FamilyEntry entry) {
        return entry.family().target();
    }

    @Override
    public Stream<Candidate> candidates(ShapeClass shape) {
        return ranked.computeIfAbsent(shape, this::rank).stream();
    }

    /**
     * A family, and what is expected of it.
     *
     * @param entry where the table has it
     * @param cycles of a product that stands for a class
     */
    private record Expected(FamilyEntry entry, double cycles) {
        Variant tallest() {
            return entry.family().variants().getLast();
        }
    }

    /** The fastest first, those alike as the table has them; but the table's first before all that are faster by less than doubts. */
    private List<Candidate> rank(ShapeClass shape) {
        final Work work = Work.of(shape);
        final List<Expected> inOrder = entries.stream()
                .map(entry -> new Expected(entry, cycles(entry, work)))
                .toList();
        final List<Expected> sorted = new ArrayList<>(inOrder);
        sorted.sort(Comparator.comparingDouble(Expected::cycles));
        final Expected preferred = inOrder.getFirst();
        if (preferred.cycles() < sorted.getFirst().cycles() * doubts(preferred.tallest())) {
            sorted.remove(preferred);
            sorted.addFirst(preferred);
        }
        final Tuning tuning = found.tuning(target(preferred.entry()));
        return sorted.stream()
                .map(each -> new Candidate(each.entry(), each.entry().family(), tuning, origin(each, sorted, work)))
                .toList();
    }

    private double cycles(FamilyEntry entry, Work work) {
        final Variant tallest = entry.family().variants().getLast();
        return CostModel.of(tallest, caches).cycles(tallest, work);
    }

    private static double doubts(Variant variant) {
        return 1 + CostGroup.of(variant).factors().get(Factor.DOUBT) / PERCENT;
    }

    private static Origin origin(Expected chosen, List<Expected> sorted, Work work) {
        final Expected other = sorted.get(chosen.equals(sorted.getFirst()) ? 1 : 0);
        return new Origin.Modelled(work, other.tallest(), other.cycles() / chosen.cycles());
    }
}
