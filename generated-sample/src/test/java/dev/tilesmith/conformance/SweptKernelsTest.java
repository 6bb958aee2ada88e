package dev.tilesmith.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tilesmith.runtime.DispatchTable;
import dev.tilesmith.runtime.MatMulKernel;
import dev.tilesmith.spec.Schedule;
import dev.tilesmith.spec.Variant;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Lattices: every variant that runs here against the reference. */
final class SweptKernelsTest extends KernelConformance {
    SweptKernelsTest() {
        super(List.of(
                new SweptFormat(new F32Format(false), F32SweptKernelKernels.table()),
                new SweptFormat(new Int8Format(false), Int8SweptKernelKernels.table())));
    }

    /** Without a profile nothing is chosen that is in the lattice alone. */
    @ParameterizedTest
    @MethodSource("tables")
    void theLatticeIsNotChosenByItself(DispatchTable<? extends MatMulKernel> table) {
        final int usual =
                (int) table.variants().stream().map(Variant::target).distinct().count();
        assertEquals(
                List.of(),
                table.usable().stream()
                        .map(kernel -> kernel.family())
                        .limit(usual)
                        .filter(family -> !family.schedule().equals(Schedule.DEFAULT))
                        .toList());
        assertEquals(
                table.usable().getFirst().family().nr(), table.best().family().nr());
        assertEquals(Schedule.DEFAULT, table.best().family().schedule());
    }
}
