package dev.tilesmith.processor.operation.depthwise;

import dev.tilesmith.processor.lower.JavaTarget;
import dev.tilesmith.processor.lower.KernelTarget;
import dev.tilesmith.processor.lower.MachineTarget;
import dev.tilesmith.processor.lower.RegisterModel;
import dev.tilesmith.processor.product.model.Declaration;
import dev.tilesmith.processor.product.model.Formats;
import dev.tilesmith.processor.product.plan.Candidate;
import dev.tilesmith.processor.product.plan.Candidates;
import dev.tilesmith.processor.product.plan.FamilyPlan;
import dev.tilesmith.processor.product.plan.KernelPlan;
import dev.tilesmith.processor.product.recipe.LeftOperand;
import dev.tilesmith.processor.product.recipe.Recipe;
import dev.tilesmith.processor.product.recipe.Recipes;
import dev.tilesmith.processor.product.recipe.Result;
import dev.tilesmith.processor.program.Contraction;
import dev.tilesmith.processor.program.Product;
import dev.tilesmith.processor.targets.Targets;
import dev.tilesmith.spec.Schedule;
import java.util.List;
import java.util.Optional;

/**
 * Plans depthwise convolutions: of formats that are floats, or static int8, for targets whose code is Java, in tiles of one pixel, since pixels share
 * nothing but filters, and these stay in registers.
 */
final class DepthwisePlanner {
    /** Taps up to which each number has a loop of its own. */
    static final int UNROLLED = 9;

    private DepthwisePlanner() {}

    /** The formats that there are kernels for. */
    static List<Formats> formats() {
        return Recipes.all().stream()
                .filter(recipe -> !able(recipe).isEmpty())
                .map(Recipe::formats)
                .toList();
    }

    /** The targets that a declaration may have families for. */
    static Candidates candidates(Declaration declaration) {
        return new Candidates(
                declaration,
                Recipes.of(declaration.formats()).map(DepthwisePlanner::able).orElse(List.of()));
    }

    private static List<Candidate> able(Recipe recipe) {
        return Targets.all().stream()
                .flatMap(target -> candidate(target, recipe).stream())
                .toList();
    }

    /** Machine code is that of products. */
    private static Optional<Candidate> candidate(KernelTarget target, Recipe recipe) {
        return switch (target) {
            case JavaTarget _ ->
                recipe.contraction(target.multiplication(), Optional.empty())
                        .flatMap(product -> byColumn(recipe, product))
                        .map(contraction -> new Candidate(target, contraction));
            case MachineTarget _ -> Optional.empty();
        };
    }

    /** What is summed of formats whose products of matrices are such: floats, and int8 that was quantized beforehand. */
    private static Optional<Contraction> byColumn(Recipe recipe, Contraction product) {
        if (product.isChainOfFloats(Product.FMA)) {
            return Optional.of(Contraction.byColumn(product.rhs().stored()));
        }
        return recipe.lhs() == LeftOperand.STATIC
                        && recipe.dst() == Result.INT8
                        && product.equals(Contraction.int8(Product.EXACT_FMA))
                ? Optional.of(Contraction.bytesByColumn())
                : Optional.empty();
    }

    /**
     * The plan of a declaration.
     *
     * @throws IllegalArgumentException if no kernel has the declaration's formats together
     */
    static KernelPlan plan(Declaration declaration) {
        final Recipe recipe = Recipes.of(declaration.formats())
                .orElseThrow(() -> new IllegalArgumentException("formats: no kernel for " + declaration.formats()));
        return new KernelPlan(
                declaration,
                recipe,
                candidates(declaration).compilable().stream()
                        .map(DepthwisePlanner::family)
                        .toList());
    }

    private static FamilyPlan family(Candidate candidate) {
        return new FamilyPlan(
                candidate.kernelTarget(),
                candidate.contraction(),
                Schedule.DEFAULT,
                columns(candidate.registers()),
                List.of(1),
                FamilyPlan.Rank.DEFAULT);
    }

    /** As many as leave room for the filters of all unrolled taps, the sums, and one vector of the image. */
    private static int columns(RegisterModel registers) {
        final int vectors = (registers.registers() - 1) / (UNROLLED + 1);
        return Integer.highestOneBit(Math.max(1, vectors)) * registers.lanes();
    }
}
