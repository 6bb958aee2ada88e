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
import dev.tilesmith.processor.product.recipe.Recipe;
import dev.tilesmith.processor.product.recipe.Recipes;
import dev.tilesmith.processor.product.recipe.Result;
import dev.tilesmith.processor.program.Contraction;
import dev.tilesmith.processor.program.Decoding.Stored;
import dev.tilesmith.processor.targets.Targets;
import dev.tilesmith.spec.Schedule;
import java.util.List;
import java.util.Optional;

/**
 * Plans depthwise convolutions: of formats that are floats, or static int8, for the targets that have code for it, in tiles of one pixel, since
 * pixels share nothing but filters.
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

    private static Optional<Candidate> candidate(KernelTarget target, Recipe recipe) {
        return recipe.contraction(target.multiplication(), Optional.empty())
                .map(product -> product.rhs().stored())
                .filter(stored -> goesOverChannels(recipe, stored) && isReadBy(target, recipe))
                .flatMap(stored -> target.productByColumn(stored).map(product -> Contraction.byColumn(product, stored)))
                .map(contraction -> new Candidate(target, contraction));
    }

    /** Machine code of floats reads pixels as they are, and writes results so: what has 16 bits is Java's, which copies it. */
    private static boolean isReadBy(KernelTarget target, Recipe recipe) {
        return switch (target) {
            case JavaTarget _ -> true;
            case MachineTarget _ ->
                switch (recipe.lhs()) {
                    case AS_IT_LIES, STATIC -> recipe.dst() == Result.F32 || recipe.dst() == Result.INT8;
                    case F16, BF16, QUANTIZED_BY_ROW, QUANTIZED_IN_BLOCKS -> false;
                };
        };
    }

    /** Whether filters of one channel may be of such formats: floats, and int8 that was quantized beforehand. */
    private static boolean goesOverChannels(Recipe recipe, Stored stored) {
        return switch (recipe.lhs()) {
            case AS_IT_LIES, F16, BF16 -> stored.isFloat();
            case STATIC -> stored == Stored.INT8 && recipe.dst() == Result.INT8;
            case QUANTIZED_BY_ROW, QUANTIZED_IN_BLOCKS -> false;
        };
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
                columns(candidate),
                pixels(candidate),
                FamilyPlan.Rank.DEFAULT);
    }

    /** Pixels of the tiles: of floats in machine code several, of which each waits for its sums; most are of two lines of results. */
    private static List<Integer> pixels(Candidate candidate) {
        return switch (candidate.kernelTarget()) {
            case JavaTarget _ -> List.of(1);
            case MachineTarget _ ->
                candidate.contraction().rhs().stored().isFloat() ? List.of(1, 2, 4, 7, 14) : List.of(1);
        };
    }

    /**
     * Of Java as many as leave room for the filters of all unrolled taps, the sums, and one vector of the image; in machine code of bytes as many
     * as a vector has, which four of them become, of floats those of a vector.
     */
    private static int columns(Candidate candidate) {
        final RegisterModel registers = candidate.registers();
        final int vectors =
                switch (candidate.kernelTarget()) {
                    case JavaTarget _ ->
                        Integer.highestOneBit(Math.max(1, (registers.registers() - 1) / (UNROLLED + 1)));
                    case MachineTarget _ ->
                        candidate.contraction().rhs().stored().isFloat()
                                ? 1
                                : candidate.contraction().product().along();
                };
        return vectors * registers.lanes();
    }
}
