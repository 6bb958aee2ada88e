package dev.tilesmith.processor.plan;

import dev.tilesmith.processor.model.Declaration;
import dev.tilesmith.processor.model.TileRequest;
import dev.tilesmith.spec.Target;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.IntStream;

/** Plans a declaration that has been found sound. */
public final class Planner {
    private Planner() {}

    /** The plan of a declaration: it does not depend on the order in which targets and tiles are listed. */
    public static KernelPlan plan(Declaration declaration) {
        final List<FamilyPlan> families = SupportedFormats.targets(declaration.formats()).stream()
                .filter(target -> wanted(declaration, target))
                .map(target -> family(
                        target, SupportedFormats.kr(declaration.formats(), target), request(declaration, target)))
                .toList();
        return new KernelPlan(declaration, families);
    }

    private static boolean wanted(Declaration declaration, Target target) {
        return target == Target.SCALAR
                || declaration.targets().isEmpty()
                || declaration.targets().contains(target);
    }

    private static Optional<TileRequest> request(Declaration declaration, Target target) {
        return declaration.tiles().stream()
                .filter(tiles -> tiles.target() == target)
                .findFirst();
    }

    private static FamilyPlan family(Target target, int kr, Optional<TileRequest> request) {
        final RegisterModel model = RegisterModel.of(target);
        final int nr = request.map(TileRequest::nr).filter(asked -> asked != 0).orElse(model.bestNr());
        final NavigableSet<Integer> mrs = new TreeSet<>();
        mrs.add(1);
        mrs.add(model.groupRows()); // one row of a group would have the next tile begin within it
        request.map(TileRequest::mr)
                .filter(asked -> !asked.isEmpty())
                .ifPresentOrElse(mrs::addAll, () -> IntStream.rangeClosed(1, model.defaultMr(nr))
                        .forEach(mrs::add));
        return new FamilyPlan(target, model.lanes(), nr, kr, List.copyOf(mrs));
    }
}
