package dev.tilesmith.processor.lower;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tilesmith.cpu.CacheSizes;
import dev.tilesmith.cpu.Cpu;
import dev.tilesmith.cpu.CpuFeature;
import dev.tilesmith.cpu.CpuProfile;
import dev.tilesmith.cpu.Host;
import dev.tilesmith.kernel.dispatch.FamilyEntry;
import dev.tilesmith.kernel.dispatch.FamilyTable;
import dev.tilesmith.kernel.layout.PanelFamily;
import dev.tilesmith.kernel.layout.PanelLayout;
import dev.tilesmith.processor.asm.CpuNeeds;
import dev.tilesmith.processor.asm.MachineCode;
import dev.tilesmith.processor.lower.x86.X86Target;
import dev.tilesmith.processor.product.emit.TilePrograms;
import dev.tilesmith.processor.product.model.Formats;
import dev.tilesmith.processor.product.plan.FamilyPlan;
import dev.tilesmith.processor.product.plan.KernelPlan;
import dev.tilesmith.processor.product.recipe.LeftOperand;
import dev.tilesmith.processor.product.recipe.Recipes;
import dev.tilesmith.processor.program.Curve;
import dev.tilesmith.processor.program.Program;
import dev.tilesmith.runtime.Choice;
import dev.tilesmith.runtime.DispatchTable;
import dev.tilesmith.runtime.MatMulKernel;
import dev.tilesmith.spec.Format;
import dev.tilesmith.spec.Schedule;
import dev.tilesmith.spec.Target;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What a family asks of a CPU before its code runs is what the instructions of that code need. */
final class NeedsTest {
    /** A family in machine code: what it asks for, and what its code needs. */
    record Case(Target target, Formats formats, Optional<Format> scales, Set<CpuFeature> asked, CpuNeeds needs) {
        @Override
        public String toString() {
            return formats + " with scales " + scales + " on " + target;
        }
    }

    private static final List<Case> CASES = Stream.concat(
                    Recipes.all().stream().flatMap(recipe -> Lowering.scales(recipe)
                            .map(scales -> Lowering.plan(recipe.formats(), scales))),
                    Lowering.fast())
            .flatMap(plan -> plan.families().stream().flatMap(family -> casesOf(plan, family)))
            .toList();

    static Stream<Case> cases() {
        return CASES.stream();
    }

    private static Stream<Case> casesOf(KernelPlan plan, FamilyPlan family) {
        return switch (family.kernelTarget()) {
            case JavaTarget _ -> Stream.empty();
            case MachineTarget target ->
                Stream.of(new Case(
                        family.target(),
                        plan.declaration().formats(),
                        plan.declaration().scales(),
                        asked(plan, family),
                        code(plan, family, target).map(MachineCode::needs).reduce(CpuNeeds.NONE, CpuNeeds::and)));
        };
    }

    /** The tiles, whatever way they go along K, the quantizer if there is one, and the packer; and the code of filters of one channel. */
    private static Stream<MachineCode> code(KernelPlan plan, FamilyPlan family, MachineTarget target) {
        final List<MachineCode> code = new ArrayList<>();
        final List<Program> programs = target.programs(new TilePrograms(plan, family));
        target.schedules(family.contraction())
                .forEach(schedule -> code.add(target.assemble(family.nr(), programs, schedule)));
        switch (plan.recipe().lhs()) {
            case AS_IT_LIES, F16, BF16, STATIC -> {}
            case QUANTIZED_BY_ROW, QUANTIZED_IN_BLOCKS -> code.add(target.quantizer(family.contraction()));
        }
        if (target == X86Target.AVX512_VNNI && plan.recipe().lhs() == LeftOperand.STATIC) {
            final Program program = DepthwiseCodeTest.program(true);
            code.add(target.assemble(program.nr(), List.of(program), Schedule.DEFAULT));
            code.add(X86Target.AVX512_VNNI.lines(program.contraction()));
        }
        if (target == X86Target.AVX512_VNNI && plan.recipe().lhs() == LeftOperand.AS_IT_LIES) {
            final Program program = DepthwiseCodeTest.floats(14, Curve.GELU);
            code.add(target.assemble(program.nr(), List.of(program), Schedule.DEFAULT));
        }
        if (target instanceof BlockPacker packer && plan.scales().isPresent()) {
            code.add(packer.packer(layout(plan, family)));
        }
        return code.stream();
    }

    private static PanelLayout layout(KernelPlan plan, FamilyPlan family) {
        final Format rhs = plan.declaration().rhs();
        return plan.scales()
                .map(scales -> new PanelLayout(rhs, family.nr(), family.kr(), true, scales.format()))
                .orElseGet(() -> new PanelLayout(rhs, family.nr(), family.kr(), true));
    }

    /** Those features without which no CPU has the family run. */
    private static Set<CpuFeature> asked(KernelPlan plan, FamilyPlan planned) {
        final PanelFamily family = new PanelFamily(
                plan.declaration().dst(),
                plan.declaration().lhs(),
                layout(plan, planned),
                planned.target(),
                planned.mrs());
        final Cpu example = CpuProfile.named(isForX86(planned.target()) ? "zen5" : "apple-m4")
                .cpu();
        final Set<CpuFeature> all = EnumSet.allOf(CpuFeature.class);
        all.removeIf(feature -> feature.architecture() != example.architecture());
        assertTrue(runs(family, example, all), () -> family + " runs on no CPU");
        return all.stream()
                .filter(feature -> !runs(family, example, without(all, feature)))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static boolean isForX86(Target target) {
        return switch (target) {
            case AVX2, AVX_VNNI, AVX512, AVX512_VNNI, AVX512_BF16, AMX -> true;
            case NEON_DOTPROD, NEON_I8MM, NEON_BF16, SME, SME2, SCALAR, VECTOR_128, VECTOR_256, VECTOR_512 -> false;
        };
    }

    private static boolean runs(PanelFamily family, Cpu example, Set<CpuFeature> features) {
        final Cpu cpu = new Cpu(
                "made up",
                "",
                example.architecture(),
                features,
                CacheSizes.DEFAULT,
                1,
                example.streamingVectorBits(),
                "a test");
        final DispatchTable<MatMulKernel> table = new FamilyTable<>(
                "example",
                _ -> {
                    throw new AssertionError("no kernel is made");
                },
                List.of(new FamilyEntry(family, (_, _, _) -> {
                    throw new AssertionError("nothing computes");
                })));
        return table.choices(new Host(cpu, Host.current().jvm())).getFirst().verdict() == Choice.Verdict.CHOSEN;
    }

    private static Set<CpuFeature> without(Collection<CpuFeature> features, CpuFeature feature) {
        final Set<CpuFeature> others = EnumSet.copyOf(features);
        others.remove(feature);
        return others;
    }

    /** To ask for less is code that a CPU refuses. */
    @ParameterizedTest
    @MethodSource("cases")
    void asksForAllThatItsCodeNeeds(Case given) {
        assertTrue(given.needs().metBy(given.asked()), () -> given.needs() + " is needed, asked is " + given.asked());
    }

    /** To ask for more is a CPU that goes without: what a target asks for some of its code needs. */
    @ParameterizedTest
    @EnumSource(Target.class)
    void asksForNothingThatNoCodeNeeds(Target target) {
        final Set<CpuFeature> needed = new TreeSet<>();
        final Set<CpuFeature> asked = new TreeSet<>();
        CASES.stream().filter(given -> given.target() == target).forEach(given -> {
            asked.addAll(given.asked());
            given.asked().stream()
                    .filter(feature -> !given.needs().metBy(without(given.asked(), feature)))
                    .forEach(needed::add);
        });
        assertEquals(needed, asked);
    }

    /** Floats are multiplied by what every CPU with such vectors has. */
    @Test
    void floatsAskForNoProductsOfIntegers() {
        CASES.stream().filter(given -> given.formats().lhs() == Format.F32).forEach(given -> given.asked()
                .forEach(feature -> assertTrue(
                        !given.needs().metBy(without(given.asked(), feature)), () -> given + " needs no " + feature)));
    }
}
