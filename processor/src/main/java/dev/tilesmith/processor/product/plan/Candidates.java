package dev.tilesmith.processor.product.plan;

import dev.tilesmith.processor.lower.JavaTarget;
import dev.tilesmith.processor.lower.KernelTarget;
import dev.tilesmith.processor.lower.MachineTarget;
import dev.tilesmith.processor.product.model.Declaration;
import dev.tilesmith.processor.product.recipe.Recipe;
import dev.tilesmith.processor.product.recipe.Recipes;
import dev.tilesmith.processor.targets.Targets;
import dev.tilesmith.spec.Numerics;
import dev.tilesmith.spec.Target;
import java.util.List;
import java.util.Optional;

/**
 * The targets that a declaration may have families for, in order of preference.
 *
 * @param declaration the declaration
 * @param able those that have code for its formats; none if its formats have no kernels
 */
public record Candidates(Declaration declaration, List<Candidate> able) {
    /** Makes the list immutable. */
    public Candidates {
        able = List.copyOf(able);
    }

    /** Those of a declaration. */
    public static Candidates of(Declaration declaration) {
        return new Candidates(
                declaration,
                Recipes.of(declaration.formats()).stream()
                        .flatMap(recipe -> Targets.all().stream()
                                .flatMap(target -> candidate(target, recipe, declaration).stream()))
                        .toList());
    }

    private static Optional<Candidate> candidate(KernelTarget target, Recipe recipe, Declaration declaration) {
        return recipe.contraction(target.multiplication(), declaration)
                .filter(target::sums)
                .map(contraction -> new Candidate(target, contraction));
    }

    /** The names of those that have code for the formats. */
    public List<Target> targets() {
        return able.stream().map(Candidate::target).toList();
    }

    /** The names of those whose results differ as far as some numerics admit. */
    public List<Target> targets(Numerics numerics) {
        return able.stream()
                .filter(candidate -> candidate.numerics() == numerics)
                .map(Candidate::target)
                .toList();
    }

    /** The one of a name; nothing if that has no code for the formats. */
    public Optional<Candidate> of(Target target) {
        return able.stream().filter(candidate -> candidate.target() == target).findFirst();
    }

    /** Those that the declaration asks for; what runs everywhere is always among them. */
    public List<Candidate> asked() {
        return able.stream().filter(candidate -> isAskedFor(candidate.target())).toList();
    }

    /** Whether the declaration asks for a target, or has it in any case. */
    public boolean isAskedFor(Target target) {
        return Targets.isAlwaysThere(target)
                || declaration.targets().isEmpty()
                || declaration.targets().contains(target);
    }

    /** Those of them whose code can be compiled. */
    public List<Candidate> compilable() {
        return asked().stream()
                .filter(candidate -> declaration.scope().hasVectorApi() || !usesVectorApi(candidate.kernelTarget()))
                .toList();
    }

    /** Whether a target's code is source that uses the Vector API. */
    public static boolean usesVectorApi(KernelTarget target) {
        return switch (target) {
            case JavaTarget java -> java.usesVectorApi();
            case MachineTarget _ -> false;
        };
    }
}
