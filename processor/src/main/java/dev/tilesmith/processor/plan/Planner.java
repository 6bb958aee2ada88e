package dev.tilesmith.processor.plan;

import dev.tilesmith.processor.model.Declaration;
import dev.tilesmith.processor.model.TileRequest;
import dev.tilesmith.spec.Format;
import dev.tilesmith.spec.Target;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;

/** Plans a declaration that has been found sound. */
public final class Planner {
    private Planner() {}

    /** The plan of a declaration: it does not depend on the order in which targets and tiles are listed. */
    public static KernelPlan plan(Declaration declaration) {
        final List<FamilyPlan> families = targets(declaration).stream()
                .map(target -> family(
                        target,
                        declaration.rhs(),
                        SupportedFormats.kr(declaration.formats(), target),
                        request(declaration, target)))
                .toList();
        return new KernelPlan(declaration, families);
    }

    /** The targets that families are planned for, in order of preference: those asked for whose code can be compiled. */
    public static List<Target> targets(Declaration declaration) {
        return asked(declaration).stream()
                .filter(target -> declaration.scope().hasVectorApi() || !SupportedFormats.isVectorApi(target))
                .toList();
    }

    /** The targets that a declaration asks for, in order of preference; SCALAR is always among them. */
    public static List<Target> asked(Declaration declaration) {
        return SupportedFormats.targets(declaration.formats()).stream()
                .filter(target -> target == Target.SCALAR
                        || declaration.targets().isEmpty()
                        || declaration.targets().contains(target))
                .toList();
    }

    private static Optional<TileRequest> request(Declaration declaration, Target target) {
        return declaration.tiles().stream()
                .filter(tiles -> tiles.target() == target)
                .findFirst();
    }

    private static FamilyPlan family(Target target, Format rhs, int kr, Optional<TileRequest> request) {
        final RegisterModel model = RegisterModel.of(target, rhs);
        final int nr = request.map(TileRequest::nr).filter(asked -> asked != 0).orElse(model.bestNr());
        final NavigableSet<Integer> mrs = new TreeSet<>();
        mrs.add(1);
        mrs.add(model.rowsTogether());
        request.map(TileRequest::mr)
                .filter(asked -> !asked.isEmpty())
                .ifPresentOrElse(mrs::addAll, () -> mrs.addAll(model.defaultMrs(nr)));
        return new FamilyPlan(target, model.lanes(), nr, kr, List.copyOf(mrs));
    }
}
