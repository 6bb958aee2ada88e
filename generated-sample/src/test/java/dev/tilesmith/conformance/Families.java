package dev.tilesmith.conformance;

import dev.tilesmith.runtime.DispatchTable;
import dev.tilesmith.runtime.MatMulKernel;
import java.util.stream.Stream;

/**
 * The families of a table that run here. Where JVMs are emulated and several CPUs are tried, the build asks by a system
 * property for machine code alone on most of them: what is Java does not change with the CPU's instructions.
 */
final class Families {
    private static final boolean MACHINE_CODE =
            System.getProperty("conformance.families", "all").equals("machine-code");

    private Families() {}

    static Stream<MatMulKernel> of(DispatchTable<?> table) {
        return table.usable().stream().filter(Families::isTested).map(MatMulKernel.class::cast);
    }

    private static boolean isTested(MatMulKernel kernel) {
        return switch (kernel.family().target()) {
            case SCALAR, VECTOR_128, VECTOR_256, VECTOR_512 -> !MACHINE_CODE;
            default -> true;
        };
    }
}
