package dev.tilesmith.processor.product.plan;

import dev.tilesmith.processor.lower.RegisterModel;
import dev.tilesmith.processor.product.model.Declaration;
import dev.tilesmith.processor.product.model.TileRequest;
import dev.tilesmith.processor.product.plan.FamilyPlan.Rank;
import dev.tilesmith.processor.product.recipe.Recipe;
import dev.tilesmith.processor.product.recipe.Recipes;
import dev.tilesmith.spec.Schedule;
import dev.tilesmith.spec.Target;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Plans a declaration that has been found sound. */
public final class Planner {
    private Planner() {}

    /**
     * The plan of a declaration: it does not depend on the order in which targets and tiles are listed.
     *
     * @throws IllegalArgumentException if no kernel has the declaration's formats together
     */
    public static KernelPlan plan(Declaration declaration) {
        final Recipe recipe = Recipes.of(declaration.formats())
                .orElseThrow(() -> new IllegalArgumentException("formats: no kernel for " + declaration.formats()));
        final List<Candidate> candidates = Candidates.of(declaration).compilable();
        final List<FamilyPlan> families = candidates.stream()
                .map(candidate -> family(candidate, request(declaration, candidate.target())))
                .toList();
        final Stream<FamilyPlan> lattices =
                declaration.sweep().map(Lattice::new).stream().flatMap(lattice -> lattice.beside(families, candidates));
        return new KernelPlan(
                declaration, recipe, Stream.concat(families.stream(), lattices).toList());
    }

    private static Optional<TileRequest> request(Declaration declaration, Target target) {
        return declaration.tiles().stream()
                .filter(tiles -> tiles.target() == target)
                .findFirst();
    }

    private static FamilyPlan family(Candidate candidate, Optional<TileRequest> request) {
        final RegisterModel model = candidate.registers();
        final int nr = request.map(TileRequest::nr).filter(asked -> asked != 0).orElse(model.bestNr());
        final NavigableSet<Integer> mrs = new TreeSet<>();
        mrs.add(1);
        mrs.add(model.rowsTogether());
        request.map(TileRequest::mr)
                .filter(asked -> !asked.isEmpty())
                .ifPresentOrElse(mrs::addAll, () -> mrs.addAll(model.defaultMrs(nr)));
        return new FamilyPlan(
                candidate.kernelTarget(),
                candidate.contraction(),
                request.flatMap(TileRequest::schedule).orElse(Schedule.DEFAULT),
                nr,
                List.copyOf(mrs),
                Rank.DEFAULT);
    }
}
