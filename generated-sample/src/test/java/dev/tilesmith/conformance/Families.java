package dev.tilesmith.conformance;

import dev.tilesmith.runtime.DispatchTable;
import dev.tilesmith.runtime.MatMulKernel;
import dev.tilesmith.spec.Target;
import java.util.stream.Stream;

/**
 * The families of a table that run here. The build asks by a system property for machine code alone where it tries
 * several CPUs, for what is Java does not change with the CPU's instructions; and for Java alone where a JVM is held to
 * less, for machine code does not change with the JVM.
 */
public final class Families {
    private static final String ASKED = System.getProperty("conformance.families", "all");

    private Families() {}

    /** As kernels, in order of preference. */
    public static Stream<MatMulKernel> of(DispatchTable<?> table) {
        return table.usable().stream().filter(Families::isTested).map(MatMulKernel.class::cast);
    }

    /** Whether a target's code is Java. */
    static boolean isJava(Target target) {
        return switch (target) {
            case SCALAR, VECTOR_128, VECTOR_256, VECTOR_512 -> true;
            default -> false;
        };
    }

    private static boolean isTested(MatMulKernel kernel) {
        final boolean java = isJava(kernel.family().target());
        return switch (ASKED) {
            case "all" -> true;
            case "machine-code" -> !java;
            case "java" -> java;
            default ->
                throw new IllegalArgumentException(
                        "conformance.families: '" + ASKED + "'; expected all," + " machine-code or java");
        };
    }
}
