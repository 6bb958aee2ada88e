package dev.tilesmith.sweep.course;

import dev.tilesmith.cpu.CacheSizes;
import dev.tilesmith.spec.SweptShape;
import dev.tilesmith.spec.SweptShape.Warmth;
import dev.tilesmith.sweep.measure.Standing;
import dev.tilesmith.sweep.measure.Standing.Confidence;
import dev.tilesmith.sweep.plan.Candidate;
import dev.tilesmith.sweep.store.Entry.Measured;
import dev.tilesmith.tune.Pick;
import dev.tilesmith.tune.ShapeClass;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Chooses for classes of shapes by what was measured for shapes. */
public final class Picks {
    private final CacheSizes caches;

    /** For a machine with such caches. */
    public Picks(CacheSizes caches) {
        this.caches = caches;
    }

    /** The class of a shape: what takes its weights from memory is measured for the products that have to. */
    public ShapeClass classOf(Measured measured) {
        final SweptShape shape = measured.shape();
        final ShapeClass bySize = ShapeClass.of(shape.m(), measured.weightBytes(), caches);
        return shape.warmth() == Warmth.COLD ? new ShapeClass(bySize.rows(), ShapeClass.Reach.MEMORY) : bySize;
    }

    /** What is best for each class that shapes were measured of. */
    public List<Pick> of(List<Measured> measured) {
        final Map<ShapeClass, List<Measured>> byClass = measured.stream()
                .collect(Collectors.groupingBy(this::classOf, LinkedHashMap::new, Collectors.toList()));
        return ShapeClass.all().stream()
                .filter(byClass::containsKey)
                .map(shape -> pick(shape, byClass.get(shape)))
                .toList();
    }

    /**
     * By the geometric mean over shapes. Those that were left behind come after those that were measured to the end, even if a
     * few turns made them look faster. Where no candidate was measured for all shapes, the first shape decides.
     */
    private static Pick pick(ShapeClass shape, List<Measured> all) {
        final List<Measured> measured = everywhere(all).isEmpty() ? List.of(all.getFirst()) : all;
        final List<Candidate> ranking = everywhere(measured).stream()
                .sorted(Comparator.comparing((Candidate candidate) -> isLeftBehind(candidate, measured))
                        .thenComparingDouble(candidate -> -gops(candidate, measured)))
                .toList();
        final Candidate best = ranking.getFirst();
        final double gops = gops(best, measured);
        return new Pick(
                shape,
                best.variant(),
                gops,
                ranking.stream()
                        .filter(candidate -> !candidate.packing().equals(best.packing()))
                        .findFirst()
                        .map(next -> new Pick.Next(next.variant(), Math.min(gops, gops(next, measured)))));
    }

    private static List<Candidate> everywhere(List<Measured> measured) {
        return measured.getFirst().standings().stream()
                .map(Standing::candidate)
                .filter(candidate -> measured.stream()
                        .allMatch(one -> standing(candidate, one).isPresent()))
                .toList();
    }

    private static boolean isLeftBehind(Candidate candidate, List<Measured> measured) {
        return measured.stream()
                .flatMap(one -> standing(candidate, one).stream())
                .anyMatch(standing -> standing.confidence() == Confidence.LEFT_BEHIND);
    }

    private static Optional<Standing<Candidate>> standing(Candidate candidate, Measured measured) {
        return measured.standings().stream()
                .filter(standing -> standing.candidate().equals(candidate))
                .findFirst();
    }

    /** Operations in a nanosecond, a multiply-add being two. */
    private static double gops(Candidate candidate, List<Measured> measured) {
        return Math.exp(measured.stream()
                .flatMap(one -> standing(candidate, one)
                        .map(standing -> Math.log(
                                operations(one.shape()) / standing.estimate().median()))
                        .stream())
                .mapToDouble(Double::doubleValue)
                .average()
                .orElseThrow());
    }

    /** Operations of one product. */
    public static double operations(SweptShape shape) {
        return 2.0 * shape.m() * shape.n() * shape.k();
    }
}
