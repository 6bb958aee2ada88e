package dev.tilesmith.processor.product.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tilesmith.processor.product.model.Declaration;
import dev.tilesmith.processor.product.model.Formats;
import dev.tilesmith.processor.product.model.TileRequest;
import dev.tilesmith.processor.product.recipe.Recipes;
import dev.tilesmith.processor.program.Contraction;
import dev.tilesmith.processor.program.Product;
import dev.tilesmith.processor.targets.Targets;
import dev.tilesmith.spec.Format;
import dev.tilesmith.spec.Schedule;
import dev.tilesmith.spec.Target;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Plans are complete, in order of preference, and blind to the order of what a declaration lists. */
class PlannerTest {
    /** What has an order of its own for BF16. */
    private static final List<Target> FAST =
            List.of(Target.AMX, Target.AVX512_BF16, Target.SME2, Target.SME, Target.NEON_BF16);

    @Test
    void plansEveryTargetByDefault() {
        assertEquals(
                List.of(
                        Target.AVX512_VNNI,
                        Target.AVX2,
                        Target.SME2,
                        Target.SME,
                        Target.NEON_DOTPROD,
                        Target.VECTOR_512,
                        Target.VECTOR_256,
                        Target.VECTOR_128,
                        Target.SCALAR),
                targets(Planner.plan(Declarations.f32(List.of(), List.of()))));
    }

    /** Of an architecture those that have an order of their own first, and then those of a declaration that admits none, as they are. */
    @ParameterizedTest
    @EnumSource(
            value = Format.class,
            names = {"F32", "BF16"})
    void plansWhatIsFastBeforeWhatIsReproducible(Format dst) {
        final KernelPlan fast = Planner.plan(Declarations.fast(dst));
        final KernelPlan reproducible = Planner.plan(Declarations.of(new Formats(Format.BF16, Format.BF16, dst)));
        final List<FamilyPlan> own = fast.families().stream()
                .filter(family -> family.contraction().product().hasOrderOfItsOwn())
                .toList();
        assertEquals(FAST, own.stream().map(FamilyPlan::target).toList());
        own.forEach(family -> assertTrue(family.contraction().beginsWithBias()));
        assertEquals(
                reproducible.families().stream()
                        .filter(family -> !FAST.contains(family.target()))
                        .toList(),
                fast.families().stream().filter(family -> !own.contains(family)).toList());
        final List<Target> order = targets(fast);
        assertTrue(order.indexOf(Target.AVX512_BF16) < order.indexOf(Target.AVX512_VNNI));
        assertTrue(order.indexOf(Target.NEON_BF16) < order.indexOf(Target.NEON_DOTPROD));
    }

    @ParameterizedTest
    @EnumSource(
            value = Target.class,
            names = {"AVX512_VNNI", "AVX2", "VECTOR_512", "VECTOR_256", "VECTOR_128"})
    void addsScalarToEveryTarget(Target target) {
        assertEquals(
                List.of(target, Target.SCALAR), targets(Planner.plan(Declarations.f32(List.of(target), List.of()))));
    }

    @ParameterizedTest
    @EnumSource(
            value = Target.class,
            names = {"SME", "SME2"})
    void plansTheEndsAloneWherePredicatesEndRows(Target target) {
        final KernelPlan plan = Planner.plan(Declarations.f32(List.of(target), List.of()));
        assertEquals(family(target, 64, List.of(1, 32)), plan.families().getFirst());
    }

    @Test
    void addsOneRowToTheRowsAskedFor() {
        final KernelPlan plan = Planner.plan(
                Declarations.f32(List.of(Target.SCALAR), List.of(new TileRequest(Target.SCALAR, List.of(4, 2), 2))));
        assertEquals(List.of(family(Target.SCALAR, 2, List.of(1, 2, 4))), plan.families());
    }

    /** Two rows lie together: a tile of one would have the next begin between them. */
    @Test
    void addsTwoRowsToTheRowsAskedForInBlocks() {
        final KernelPlan plan = Planner.plan(Declarations.int8(new TileRequest(Target.NEON_I8MM, List.of(3, 6), 16)));
        assertEquals(List.of(1, 2, 3, 6), plan.families().getFirst().mrs());
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void permutedDeclarationsHaveOnePlan(long seed) {
        final Random random = new Random(seed);
        final List<Target> targets = new ArrayList<>(List.of(Target.VECTOR_128, Target.AVX2, Target.VECTOR_512));
        final List<Integer> rows = new ArrayList<>(List.of(1, 2, 3, 5));
        final List<TileRequest> tiles = new ArrayList<>(List.of(
                new TileRequest(Target.VECTOR_512, rows, 32),
                new TileRequest(Target.SCALAR, List.of(2), 0),
                new TileRequest(Target.AVX2, List.of(), 8)));
        final List<FamilyPlan> before =
                Planner.plan(Declarations.f32(targets, tiles)).families();
        Collections.shuffle(rows, random);
        tiles.set(0, new TileRequest(Target.VECTOR_512, rows, 32));
        Collections.shuffle(tiles, random);
        Collections.shuffle(targets, random);
        assertEquals(before, Planner.plan(Declarations.f32(targets, tiles)).families());
    }

    /** What no kernel has together is refused by the plan too, should no rule have found it. */
    @Test
    void plansNothingForFormatsWithoutARecipe() {
        for (final Format lhs : Format.values()) {
            for (final Format rhs : Format.values()) {
                for (final Format dst : Format.values()) {
                    final Declaration declaration = Declarations.of(new Formats(lhs, rhs, dst));
                    if (Recipes.of(declaration.formats()).isEmpty()) {
                        assertThrows(IllegalArgumentException.class, () -> Planner.plan(declaration));
                        assertEquals(List.of(), Candidates.of(declaration).targets());
                    } else {
                        assertFalse(Planner.plan(declaration).families().isEmpty());
                    }
                }
            }
        }
    }

    private static FamilyPlan family(Target target, int nr, List<Integer> mrs) {
        return new FamilyPlan(
                Targets.of(target), Contraction.f32(Product.FMA), Schedule.DEFAULT, nr, mrs, FamilyPlan.Rank.DEFAULT);
    }

    private static List<Target> targets(KernelPlan plan) {
        return plan.families().stream().map(FamilyPlan::target).toList();
    }
}
