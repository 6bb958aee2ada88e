package dev.tilesmith.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tilesmith.cpu.Architecture;
import dev.tilesmith.cpu.Host;
import dev.tilesmith.runtime.DispatchTable;
import dev.tilesmith.runtime.MatMulKernel;
import dev.tilesmith.spec.Target;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Which targets serve on an emulated Arm CPU: runs in executions of their own, one for each CPU. */
final class ArmTargetsCheck {
    /** The CPU that the build asked for, as qemu calls it, without settings. */
    private static final String CPU = System.getenv("ARM_CPU").split(",", 2)[0];

    /** What runs there, best first. */
    record Expected(DispatchTable<? extends MatMulKernel> table, Map<String, List<Target>> byCpu) {
        @Override
        public String toString() {
            return table.best().family().toString();
        }
    }

    /** Each kind of kernel, and what it uses on each CPU. Vectors of SVE are 256 bits on neoverse-v1, 512 on max. */
    static Stream<Expected> tables() {
        return Stream.of(
                floats(F32KernelKernels.table()),
                floats(F16KernelKernels.table()),
                floats(Bf16KernelKernels.table()),
                fast(Bf16FastKernelKernels.table()),
                integers(Int8KernelKernels.table()),
                integers(Int8StaticKernelKernels.table()),
                integers(Int8SumsKernelKernels.table()),
                integers(Int4BlockKernelKernels.table()),
                integers(Int4ChannelKernelKernels.table()),
                integers(Int4StaticKernelKernels.table()),
                integers(TwoBitKernelKernels.table()),
                integers(PairedInt4KernelKernels.table()),
                integers(PairedMinsKernelKernels.table()),
                integers(PairedInt8KernelKernels.table()));
    }

    /** What products of f32 rows use, whatever the weights. */
    private static Expected floats(DispatchTable<? extends MatMulKernel> table) {
        return new Expected(
                table,
                Map.of(
                        "max",
                        with(java512(), Target.SME2, Target.SME, Target.NEON_DOTPROD),
                        "neoverse-v1",
                        with(java256(), Target.NEON_DOTPROD),
                        "neoverse-n1",
                        with(java128(), Target.NEON_DOTPROD),
                        "cortex-a76",
                        with(java128(), Target.NEON_DOTPROD)));
    }

    /** What products of BF16 use in an order of its own, before what is reproducible; qemu's neoverse-v1 has BF16 for SVE alone. */
    private static Expected fast(DispatchTable<? extends MatMulKernel> table) {
        return new Expected(
                table,
                Map.of(
                        "max",
                        with(java512(), Target.SME2, Target.SME, Target.NEON_BF16, Target.NEON_DOTPROD),
                        "neoverse-v1",
                        with(java256(), Target.NEON_DOTPROD),
                        "neoverse-n1",
                        with(java128(), Target.NEON_DOTPROD),
                        "cortex-a76",
                        with(java128(), Target.NEON_DOTPROD)));
    }

    /** What products of integers use, whatever their formats. */
    private static Expected integers(DispatchTable<? extends MatMulKernel> table) {
        return new Expected(
                table,
                Map.of(
                        "max",
                        with(java512(), Target.SME2, Target.SME, Target.NEON_I8MM, Target.NEON_DOTPROD),
                        "neoverse-v1",
                        with(java256(), Target.NEON_I8MM, Target.NEON_DOTPROD),
                        "neoverse-n1",
                        with(java128(), Target.NEON_DOTPROD),
                        "cortex-a76",
                        with(java128(), Target.NEON_DOTPROD)));
    }

    private static List<Target> with(List<Target> java, Target... machineCode) {
        return Stream.concat(Stream.of(machineCode), java.stream()).toList();
    }

    private static List<Target> java128() {
        return List.of(Target.VECTOR_128, Target.SCALAR);
    }

    private static List<Target> java256() {
        return List.of(Target.VECTOR_256, Target.VECTOR_128, Target.SCALAR);
    }

    private static List<Target> java512() {
        return List.of(Target.VECTOR_512, Target.VECTOR_256, Target.VECTOR_128, Target.SCALAR);
    }

    @Test
    void thisIsAnArmJvm() {
        assertEquals(Architecture.AARCH64, Host.current().cpu().architecture());
    }

    @Test
    void thisIsTheCpuThatWasAskedFor() {
        final String name = Host.current().cpu().name();
        assertTrue(name.equalsIgnoreCase(CPU) || (CPU.equals("max") && name.contains("part 0x051")), name);
    }

    @ParameterizedTest
    @MethodSource("tables")
    void theTargetsThatTheCpuCanRunServe(Expected expected) {
        final List<Target> usable = expected.table().usable().stream()
                .map(MatMulKernel::family)
                .map(family -> family.target())
                .toList();
        assertEquals(expected.byCpu().get(CPU), usable, () -> expected.table().explain());
        assertEquals(usable.getFirst(), expected.table().best().family().target());
    }
}
