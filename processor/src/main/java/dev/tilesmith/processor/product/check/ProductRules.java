package dev.tilesmith.processor.product.check;

import dev.tilesmith.processor.check.Finding;
import dev.tilesmith.processor.check.NamesRule;
import dev.tilesmith.processor.check.Rule;
import dev.tilesmith.processor.model.Location;
import dev.tilesmith.processor.model.TypeNames;
import dev.tilesmith.processor.product.model.Declaration;
import dev.tilesmith.processor.product.model.SweepRequest;
import dev.tilesmith.processor.product.plan.Candidates;
import dev.tilesmith.processor.product.plan.FamilyPlan;
import dev.tilesmith.processor.product.plan.KernelPlan;
import dev.tilesmith.processor.product.plan.Planner;
import dev.tilesmith.processor.product.recipe.Recipes;
import dev.tilesmith.spec.Target;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/** The rules that declarations of products keep, beside those of every operation. */
public final class ProductRules {
    private ProductRules() {}

    /** All of them, in groups: each takes for granted what those before it look at. */
    public static List<List<Rule<? super Declaration>>> groups() {
        return List.of(
                List.of(new FormatRoleRule()),
                List.of(new FormatsRule(ProductMessage.UNSUPPORTED_FORMATS, Recipes.formats())),
                List.of(
                        new NumericsRule(Candidates::of),
                        new ScalesRule(),
                        new ActivationRule(),
                        new TargetsRule(
                                declaration -> Candidates.of(declaration).targets(), ProductRules::withoutCode),
                        new VectorApiRule(),
                        new TilesTargetRule(),
                        new TileRowsRule(),
                        new TileColumnsRule(),
                        new RegisterBudgetRule(),
                        new TilesLoopRule(),
                        new SweepTargetsRule(),
                        new SweepLoopsRule(),
                        new SweepShapesRule()),
                List.of(new NamesRule<>(ProductRules::types), new JmhRule()));
    }

    /**
     * Those of them that hold whatever is made of the formats: of numerics, and of the Vector API.
     *
     * @param candidates the targets that there is code for
     */
    public static List<Rule<? super Declaration>> ofAnyCode(Function<Declaration, Candidates> candidates) {
        return List.of(new NumericsRule(candidates), new VectorApiRule());
    }

    private static Finding withoutCode(Declaration declaration, Location location, Target target, List<Target> able) {
        return Finding.of(ProductMessage.TARGET_WITHOUT_FORMATS, location, target, declaration.formats(), able);
    }

    /** The types that are generated beside the facade, of a declaration that the plan can be made of. */
    private static List<String> types(Declaration declaration) {
        final TypeNames names = new TypeNames(declaration.subject());
        return Stream.concat(
                        families(Planner.plan(declaration)),
                        declaration.sweep().filter(SweepRequest::hasJmh).map(_ -> names.sweep()).stream())
                .toList();
    }

    /** The types of a plan's families. */
    public static Stream<String> families(KernelPlan plan) {
        final TypeNames names = new TypeNames(plan.declaration().subject());
        return plan.families().stream().map(FamilyPlan::name).map(names::family);
    }
}
