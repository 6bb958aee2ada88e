package dev.tilesmith.processor.product.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tilesmith.processor.lower.JavaTarget;
import dev.tilesmith.processor.lower.RegisterModel;
import dev.tilesmith.processor.model.FamilyName;
import dev.tilesmith.processor.model.TypeNames;
import dev.tilesmith.processor.product.model.Declaration;
import dev.tilesmith.processor.product.model.SweepRequest;
import dev.tilesmith.processor.product.model.TileRequest;
import dev.tilesmith.processor.product.plan.FamilyPlan.Rank;
import dev.tilesmith.processor.product.recipe.Recipe;
import dev.tilesmith.processor.product.recipe.Recipes;
import dev.tilesmith.spec.Schedule;
import dev.tilesmith.spec.Target;
import dev.tilesmith.spec.Variant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The lattice of every recipe and every target: all that fits, nothing else, and nothing twice. */
final class LatticeTest {
    private static final List<Integer> EVERY_UNROLL =
            IntStream.rangeClosed(1, Schedule.MOST_UNROLLED).boxed().toList();

    static List<Recipe> recipes() {
        return Recipes.all();
    }

    private static SweepRequest sweep(List<Target> targets, List<Integer> unroll) {
        return new SweepRequest(targets, unroll, List.of("8x64x64"), List.of());
    }

    private static KernelPlan plan(Recipe recipe, SweepRequest sweep) {
        return Planner.plan(Declarations.swept(Declarations.of(recipe.formats()), sweep));
    }

    private static List<FamilyPlan> lattice(KernelPlan plan) {
        return plan.families().stream()
                .filter(family -> family.rank() == Rank.LATTICE)
                .toList();
    }

    /** What a table chooses without a profile is what it chooses without a sweep. */
    @ParameterizedTest
    @MethodSource("recipes")
    void comesAfterTheFamiliesThatAreThereInAnyCase(Recipe recipe) {
        final List<FamilyPlan> usual =
                Planner.plan(Declarations.of(recipe.formats())).families();
        final List<FamilyPlan> swept =
                plan(recipe, sweep(List.of(), EVERY_UNROLL)).families();
        assertTrue(swept.size() > usual.size());
        assertEquals(usual, swept.subList(0, usual.size()));
        assertTrue(swept.subList(usual.size(), swept.size()).stream().allMatch(plan -> plan.rank() == Rank.LATTICE));
    }

    /** A tile, as far as tiles of a recipe differ. */
    private record Tile(Target target, Schedule schedule, int nr, int mr) {}

    private static Stream<Tile> tiles(FamilyPlan family) {
        return family.mrs().stream().map(mr -> new Tile(family.target(), family.schedule(), family.nr(), mr));
    }

    /** In machine code every tile of two rows and more that fits, in each of the target's loops, and of these widths one row. */
    @ParameterizedTest
    @MethodSource("recipes")
    void hasWhatFitsTheRegistersAndNothingElse(Recipe recipe) {
        final KernelPlan plan = plan(recipe, sweep(List.of(), EVERY_UNROLL));
        final Set<Tile> expected = new HashSet<>();
        for (final Candidate candidate :
                Candidates.of(Declarations.of(recipe.formats())).able()) {
            final RegisterModel model = candidate.registers();
            for (int nr = model.lanes(); nr <= model.widest(); nr += model.lanes()) {
                for (int mr = 1; mr <= model.maxMr() && model.needed(mr, nr) <= model.registers(); mr++) {
                    if (model.needed(2, nr) <= model.registers() && isPlanned(candidate, mr, nr)) {
                        for (final Schedule schedule : candidate.schedules()) {
                            expected.add(new Tile(candidate.target(), schedule, nr, mr));
                        }
                    }
                }
            }
        }
        assertEquals(
                expected, plan.families().stream().flatMap(LatticeTest::tiles).collect(Collectors.toSet()));
    }

    /** The compiler spills the tallest that are Java; tiles that end within themselves take rows between the ends. */
    private static boolean isPlanned(Candidate candidate, int mr, int nr) {
        final RegisterModel model = candidate.registers();
        if (model.endWithinTiles()) {
            return mr == 1 || mr == model.tallest(nr);
        }
        return !(candidate.kernelTarget() instanceof JavaTarget) || mr <= model.defaultMr(nr);
    }

    @ParameterizedTest
    @MethodSource("recipes")
    void namesDifferAndAreReadBack(Recipe recipe) {
        final KernelPlan plan = plan(recipe, sweep(List.of(), EVERY_UNROLL));
        final TypeNames names = new TypeNames(plan.declaration().subject());
        final List<FamilyName> all =
                plan.families().stream().map(FamilyPlan::name).toList();
        assertEquals(
                all.size(),
                all.stream()
                        .map(name -> names.family(name).toLowerCase(Locale.ROOT)) // some file systems do not tell case
                        .distinct()
                        .count());
        assertEquals(
                all.size(), all.stream().map(FamilyName::inConstants).distinct().count());
        for (final FamilyPlan family : plan.families()) {
            for (final int mr : family.mrs()) {
                final Variant variant = new Variant(
                        recipe.formats().dst(),
                        recipe.formats().lhs(),
                        recipe.formats().rhs(),
                        mr,
                        family.nr(),
                        family.kr(),
                        family.target(),
                        family.schedule());
                assertEquals(variant, Variant.parse(variant.name()));
            }
        }
    }

    /** Each family has a tile that none before it has: what measures it measures something. */
    @ParameterizedTest
    @MethodSource("recipes")
    void hasNothingTwice(Recipe recipe) {
        final Set<Tile> before = new HashSet<>();
        for (final FamilyPlan family :
                plan(recipe, sweep(List.of(), EVERY_UNROLL)).families()) {
            assertTrue(before.addAll(tiles(family).toList()), family::toString);
        }
    }

    @ParameterizedTest
    @MethodSource("recipes")
    void isOfTheTargetsAskedForAlone(Recipe recipe) {
        final List<Target> able =
                Candidates.of(Declarations.of(recipe.formats())).targets();
        final Set<FamilyPlan> together = new HashSet<>();
        for (final Target target : able) {
            final List<FamilyPlan> lattice = lattice(plan(recipe, sweep(List.of(target), EVERY_UNROLL)));
            assertTrue(lattice.stream().allMatch(family -> family.target() == target));
            together.addAll(lattice);
        }
        assertEquals(together, Set.copyOf(lattice(plan(recipe, sweep(List.of(), EVERY_UNROLL)))));
    }

    /** Where a target has a choice, the steps of a pass are those asked for. */
    @ParameterizedTest
    @MethodSource("recipes")
    void hasTheStepsAskedForAlone(Recipe recipe) {
        for (final int unroll : EVERY_UNROLL) {
            for (final FamilyPlan family : lattice(plan(recipe, sweep(List.of(), List.of(unroll))))) {
                final List<Integer> known = family.kernelTarget().schedules(family.contraction()).stream()
                        .map(Schedule::unroll)
                        .distinct()
                        .toList();
                assertEquals(
                        known.contains(unroll) ? unroll : 1,
                        family.schedule().unroll(),
                        () -> family + " of " + unroll);
            }
        }
    }

    /** A plan of one's own is the default, and leaves the others to the lattice: those of its own width too, if taller. */
    @Test
    void leavesTilesOfOnesOwnFirst() {
        final Declaration declaration = Declarations.swept(
                Declarations.f32(List.of(Target.AVX2), List.of(new TileRequest(Target.AVX2, List.of(1, 2), 24))),
                sweep(List.of(), List.of(1)));
        final KernelPlan plan = Planner.plan(declaration);
        final List<FamilyPlan> own = new ArrayList<>(plan.families().stream()
                .filter(family -> family.target() == Target.AVX2 && family.nr() == 24)
                .filter(family -> family.schedule().equals(Schedule.DEFAULT))
                .toList());
        assertEquals(
                List.of(List.of(1, 2), List.of(1, 2, 3)),
                own.stream().map(FamilyPlan::mrs).toList());
        assertEquals(plan.families().getFirst(), own.getFirst());
    }

    /** Such a width is planned in its other loops, though two rows do not fit. */
    @Test
    void hasTheWidthOfTilesOfOnesOwnInAnyCase() {
        final KernelPlan plan = Planner.plan(Declarations.swept(
                Declarations.f32(List.of(Target.AVX2), List.of(new TileRequest(Target.AVX2, List.of(), 56))),
                sweep(List.of(Target.AVX2), EVERY_UNROLL)));
        final Candidate candidate =
                Candidates.of(plan.declaration()).of(Target.AVX2).orElseThrow();
        assertEquals(
                candidate.schedules(),
                plan.families().stream()
                        .filter(family -> family.nr() == 56)
                        .map(FamilyPlan::schedule)
                        .toList());
    }
}
