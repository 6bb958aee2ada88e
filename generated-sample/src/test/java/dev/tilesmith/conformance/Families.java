package dev.tilesmith.conformance;

import dev.tilesmith.runtime.BatchMatMulKernel;
import dev.tilesmith.runtime.Conv2dKernel;
import dev.tilesmith.runtime.DepthwiseConv2dKernel;
import dev.tilesmith.runtime.DispatchTable;
import dev.tilesmith.runtime.Kernel;
import dev.tilesmith.runtime.MatMulKernel;
import dev.tilesmith.spec.Target;
import java.util.stream.Stream;

/**
 * The families of a table that run here. The build asks by a system property for machine code alone where it tries
 * several CPUs, for what is Java does not change with the CPU's instructions; for the best one alone where it tries the CPU
 * that this is the best of; and for Java alone where a JVM is held to less, for machine code does not change with the JVM.
 */
public final class Families {
    private static final String ASKED = System.getProperty("conformance.families", "all");

    private Families() {}

    /** As kernels, in order of preference. */
    public static Stream<MatMulKernel> of(DispatchTable<? extends MatMulKernel> table) {
        return asked(table).map(MatMulKernel.class::cast);
    }

    /** Those that convolve. */
    static Stream<Conv2dKernel> convolving(DispatchTable<? extends Conv2dKernel> table) {
        return asked(table).map(Conv2dKernel.class::cast);
    }

    /** Those that convolve single channels. */
    static Stream<DepthwiseConv2dKernel> depthwise(DispatchTable<? extends DepthwiseConv2dKernel> table) {
        return asked(table).map(DepthwiseConv2dKernel.class::cast);
    }

    /** Those that multiply in pairs. */
    static Stream<BatchMatMulKernel> pairing(DispatchTable<? extends BatchMatMulKernel> table) {
        return asked(table).map(BatchMatMulKernel.class::cast);
    }

    private static Stream<Kernel> asked(DispatchTable<?> table) {
        return switch (ASKED) {
            case "all" -> usable(table);
            case "machine-code" ->
                usable(table).filter(kernel -> !isJava(kernel.family().target()));
            case "java" -> usable(table).filter(kernel -> isJava(kernel.family().target()));
            case "best" -> Stream.of(table.best());
            default ->
                throw new IllegalArgumentException(
                        "conformance.families: '" + ASKED + "'; expected all, machine-code, java or best");
        };
    }

    private static Stream<Kernel> usable(DispatchTable<?> table) {
        return table.usable().stream().map(Kernel.class::cast);
    }

    /** Whether a target's code is Java. */
    static boolean isJava(Target target) {
        return switch (target) {
            case SCALAR, VECTOR_128, VECTOR_256, VECTOR_512 -> true;
            default -> false;
        };
    }
}
