package dev.tilesmith.processor.lower;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tilesmith.processor.asm.Line;
import dev.tilesmith.processor.product.emit.TilePrograms;
import dev.tilesmith.processor.product.plan.Candidates;
import dev.tilesmith.processor.product.plan.FamilyPlan;
import dev.tilesmith.processor.product.plan.KernelPlan;
import dev.tilesmith.processor.product.recipe.Recipe;
import dev.tilesmith.processor.product.recipe.Recipes;
import dev.tilesmith.processor.targets.Targets;
import dev.tilesmith.spec.Format;
import dev.tilesmith.spec.Target;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Code of tile registers: their state is set once, and gone when the code returns. */
final class TileRegistersTest {
    static Stream<KernelPlan> plans() {
        return Recipes.all().stream()
                .flatMap(recipe -> Lowering.scales(recipe).map(scales -> Lowering.plan(recipe.formats(), scales)))
                .filter(plan -> Candidates.of(plan.declaration()).of(Target.AMX).isPresent());
    }

    private static FamilyPlan family(KernelPlan plan, Target target) {
        return plan.families().stream()
                .filter(family -> family.target() == target)
                .findFirst()
                .orElseThrow();
    }

    private static List<String> code(KernelPlan plan) {
        final FamilyPlan family = family(plan, Target.AMX);
        final MachineTarget target = (MachineTarget) family.kernelTarget();
        return target
                .assemble(family.nr(), target.programs(new TilePrograms(plan, family)), family.schedule())
                .lines()
                .stream()
                .map(Line::text)
                .toList();
    }

    private static boolean isOfBytes(KernelPlan plan) {
        return plan.recipe().formats().rhs() == Format.QSI8CX;
    }

    private static long count(List<String> code, String mnemonic) {
        return code.stream()
                .filter(line -> line.equals(mnemonic) || line.startsWith(mnemonic + " "))
                .count();
    }

    private static Stream<KernelPlan> plansOverAllOfK() {
        return plans().filter(plan -> !isOfBlocks(plan));
    }

    private static Stream<KernelPlan> plansOfBlocks() {
        return plans().filter(TileRegistersTest::isOfBlocks);
    }

    private static boolean isOfBlocks(KernelPlan plan) {
        return EnumSet.of(Format.QSI4C32, Format.QAI4C32, Format.QSI8D32)
                        .contains(plan.recipe().formats().rhs())
                || plan.recipe().formats().lhs() == Format.QSI8D32;
    }

    /** All but floats, where results are to be reproducible. */
    @Test
    void theyAreForIntegers() {
        final Set<Format> weights =
                EnumSet.of(Format.QSI8CX, Format.QSI4CX, Format.QSU2CX, Format.QSI4C32, Format.QAI4C32, Format.QSI8D32);
        assertEquals(
                Recipes.all().stream()
                        .filter(recipe -> weights.contains(recipe.formats().rhs()))
                        .map(Recipe::formats)
                        .toList(),
                plans().map(plan -> plan.recipe().formats()).distinct().toList());
    }

    /** Where an order of their own is admitted, and no weights but BF16 are multiplied so. */
    @ParameterizedTest
    @MethodSource("fastPlans")
    void theyMultiplyBf16InTheirOwnOrder(KernelPlan plan) {
        final List<String> code = code(plan);
        final int sums = 1 + 2 + 2 + 4;
        assertEquals(sums, count(code, "tdpbf16ps"));
        assertEquals(sums, code.stream().filter(line -> line.startsWith("tdp")).count());
        assertEquals(0, count(code, "tilezero"), "sums begin with biases");
        assertEquals(sums + 2 + 3 + 3 + 4, count(code, "tileloadd"));
        assertEquals(sums + 4, count(code, "tilestored"), "in the frame, and of a whole tile where results are");
        assertEquals(0, code.stream().filter(line -> line.startsWith("vfma")).count(), "no product is of vectors");
    }

    /** So that either reads what was packed for the other. */
    @ParameterizedTest
    @MethodSource("fastPlans")
    void panelsOfBf16AreThoseOfVectors(KernelPlan plan) {
        final FamilyPlan tiles = family(plan, Target.AMX);
        final FamilyPlan vectors = family(plan, Target.AVX512_BF16);
        assertEquals(List.of(vectors.nr(), vectors.kr()), List.of(tiles.nr(), tiles.kr()));
    }

    static Stream<KernelPlan> fastPlans() {
        return Lowering.fast();
    }

    @ParameterizedTest
    @MethodSource({"plans", "fastPlans"})
    void aCallConfiguresOnceAndReleasesLast(KernelPlan plan) {
        final List<String> code = code(plan);
        assertEquals(1, count(code, "ldtilecfg"));
        assertEquals(1, count(code, "tilerelease"));
        assertEquals(1, count(code, "ret"));
        final int release = code.indexOf("tilerelease");
        assertTrue(code.subList(release, code.size()).stream().noneMatch(line -> line.contains("tmm")));
        assertTrue(release < code.indexOf("ret"));
    }

    /**
     * One of rows or two, one of columns or two; of bytes besides the four of a tile that is multiplied while the one before it is finished. Rows are
     * the left side: unsigned with bytes, and signed with what becomes bytes.
     */
    @ParameterizedTest
    @MethodSource("plansOverAllOfK")
    void eachSumHasItsProductAndIsStored(KernelPlan plan) {
        final List<String> code = code(plan);
        final int ofNext = isOfBytes(plan) ? 4 : 0;
        final int sums = 1 + 2 + 2 + 4 + ofNext;
        assertEquals(sums, count(code, isOfBytes(plan) ? "tdpbusd" : "tdpbsud"));
        assertEquals(sums, code.stream().filter(line -> line.startsWith("tdp")).count());
        assertEquals(sums + ofNext, count(code, "tilezero"), "that tile begins after one of its kind, or another");
        assertEquals(sums, count(code, "tilestored"));
        assertEquals(2 + 3 + 3 + 4 + ofNext, count(code, "tileloadd"));
    }

    /** The first of each loop, and in each loop the next: 64 values of all columns. */
    @ParameterizedTest
    @MethodSource("plansOverAllOfK")
    void whatIsNoByteIsDecodedForEachProduct(KernelPlan plan) {
        final int loops = 4;
        final int lines = family(plan, Target.AMX).nr();
        assertEquals(isOfBytes(plan) ? 0 : 2 * loops * lines, count(code(plan), "vmovdqu32 zmmword"));
    }

    /** Four take turns, for either half of a panel; two are stored as zeros before they have a product, and two at the end. */
    @ParameterizedTest
    @MethodSource("plansOfBlocks")
    void sumsOfBlocksTakeTurns(KernelPlan plan) {
        final List<String> code = code(plan);
        assertEquals(2 * 4, count(code, "tdpbssd"));
        assertEquals(2 * 4, code.stream().filter(line -> line.startsWith("tdp")).count());
        assertEquals(2 * (4 + 2), count(code, "tilezero"));
        assertEquals(2 * (4 + 2), count(code, "tilestored"));
        assertEquals(2 * 2 * 4, count(code, "tileloadd"));
    }

    /** So that either reads what was packed for the other. */
    @ParameterizedTest
    @MethodSource("plans")
    void panelsAreThoseOfVectors(KernelPlan plan) {
        final FamilyPlan tiles = family(plan, Target.AMX);
        final FamilyPlan vectors = family(plan, Target.AVX512_VNNI);
        assertEquals(
                List.of(vectors.nr(), vectors.kr(), vectors.lhsOffset()),
                List.of(tiles.nr(), tiles.kr(), tiles.lhsOffset()));
    }

    @Test
    void otherSumsAreRefused() {
        final KernelPlan plan = plans().findFirst().orElseThrow();
        final FamilyPlan pairs = family(plan, Target.AVX512);
        final MachineTarget target = (MachineTarget) pairs.kernelTarget();
        final MachineTarget tiles = (MachineTarget) Targets.of(Target.AMX);
        assertThrows(
                IllegalArgumentException.class,
                () -> tiles.assemble(pairs.nr(), target.programs(new TilePrograms(plan, pairs)), pairs.schedule()));
    }
}
