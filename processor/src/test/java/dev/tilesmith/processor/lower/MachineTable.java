package dev.tilesmith.processor.lower;

import dev.tilesmith.code.CodeRefusedException;
import dev.tilesmith.code.NativeFunction;
import dev.tilesmith.code.SystemCodeMemory;
import dev.tilesmith.cpu.CacheSizes;
import dev.tilesmith.cpu.Cpu;
import dev.tilesmith.cpu.Host;
import dev.tilesmith.kernel.dispatch.FamilyEntry;
import dev.tilesmith.kernel.dispatch.FamilyTable;
import dev.tilesmith.kernel.drive.Compute;
import dev.tilesmith.kernel.drive.DrivenKernel;
import dev.tilesmith.kernel.drive.F32NativeCompute;
import dev.tilesmith.kernel.drive.Int8NativeCompute;
import dev.tilesmith.kernel.drive.StaticInt8NativeCompute;
import dev.tilesmith.kernel.layout.PanelFamily;
import dev.tilesmith.kernel.layout.PanelLayout;
import dev.tilesmith.processor.asm.MachineCode;
import dev.tilesmith.processor.product.emit.TilePrograms;
import dev.tilesmith.processor.product.model.Formats;
import dev.tilesmith.processor.product.plan.FamilyPlan;
import dev.tilesmith.processor.product.plan.KernelPlan;
import dev.tilesmith.runtime.MatMulKernel;
import dev.tilesmith.spec.Schedule;
import dev.tilesmith.tune.Tuning;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Kernels that are assembled as they are asked for: of each target in machine code, each width up to three vectors, each schedule. */
final class MachineTable {
    /** So little that K is cut into blocks as soon as it may be. */
    private static final CacheSizes SMALL = new CacheSizes(1024, 1024, 1024, 64);

    private static final int MOST_VECTORS = 3;

    private final KernelPlan plan;

    /** Of formats without blocks. */
    MachineTable(Formats formats) {
        this.plan = Lowering.plan(formats, Optional.empty());
    }

    /** Those that run here. */
    Stream<MatMulKernel> usable() {
        final List<FamilyEntry> entries =
                plan.families().stream().flatMap(this::entries).toList();
        return entries.isEmpty()
                ? Stream.empty()
                : new FamilyTable<MatMulKernel>("example", lineup -> new DrivenKernel(lineup, true) {}, entries)
                        .usable().stream();
    }

    private Stream<FamilyEntry> entries(FamilyPlan family) {
        return switch (family.kernelTarget()) {
            case JavaTarget _ -> Stream.empty();
            case MachineTarget target ->
                target.schedules(family.contraction()).stream()
                        .flatMap(schedule -> widths(family, schedule))
                        .map(wide -> entry(target, wide));
        };
    }

    private static Stream<FamilyPlan> widths(FamilyPlan family, Schedule schedule) {
        final RegisterModel registers = family.registers();
        return IntStream.rangeClosed(1, MOST_VECTORS)
                .map(vectors -> vectors * registers.lanes())
                .filter(registers::admits)
                .mapToObj(nr -> new FamilyPlan(
                        family.kernelTarget(),
                        family.contraction(),
                        schedule,
                        nr,
                        registers.defaultMrs(nr),
                        FamilyPlan.Rank.LATTICE));
    }

    private FamilyEntry entry(MachineTarget target, FamilyPlan family) {
        final PanelFamily panels = new PanelFamily(
                plan.declaration().dst(),
                plan.declaration().lhs(),
                layout(family),
                family.target(),
                family.schedule(),
                family.mrs());
        return new FamilyEntry(panels, (part, host, tuning) -> compute(target, family, part, host, tuning));
    }

    private PanelLayout layout(FamilyPlan family) {
        return switch (plan.recipe().lhs()) {
            case AS_IT_LIES, F16, BF16, QUANTIZED_BY_ROW, QUANTIZED_IN_BLOCKS ->
                new PanelLayout(plan.declaration().rhs(), family.nr(), family.kr(), true);
            case STATIC ->
                new PanelLayout(
                        plan.declaration().rhs(),
                        family.nr(),
                        family.kr(),
                        true,
                        plan.declaration().dst(),
                        family.lhsOffset());
        };
    }

    private Compute compute(MachineTarget target, FamilyPlan family, PanelFamily part, Host given, Tuning tuning)
            throws CodeRefusedException {
        final Host host = new Host(withSmallCaches(given.cpu()), given.jvm());
        final NativeFunction code =
                place(target.assemble(family.nr(), target.programs(new TilePrograms(plan, family)), family.schedule()));
        return switch (plan.recipe().lhs()) {
            case AS_IT_LIES, F16, BF16 -> new F32NativeCompute(code, part, host, tuning);
            case QUANTIZED_BY_ROW, QUANTIZED_IN_BLOCKS ->
                new Int8NativeCompute(code, place(target.quantizer(family.contraction())), part, host, tuning);
            case STATIC -> new StaticInt8NativeCompute(code, part, host, tuning);
        };
    }

    private static Cpu withSmallCaches(Cpu cpu) {
        return new Cpu(
                cpu.name(),
                cpu.signature(),
                cpu.architecture(),
                cpu.features(),
                SMALL,
                cpu.cores(),
                cpu.streamingVectorBits(),
                cpu.source());
    }

    private static NativeFunction place(MachineCode code) throws CodeRefusedException {
        return NativeFunction.place(code.bytes(), new SystemCodeMemory());
    }
}
