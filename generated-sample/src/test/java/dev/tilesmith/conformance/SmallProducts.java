package dev.tilesmith.conformance;

import dev.tilesmith.conformance.FormatUnderTest.Bounds;
import dev.tilesmith.runtime.DispatchTable;
import dev.tilesmith.runtime.MatMulKernel;
import java.util.List;

/** A product of each format by the best kernel of each table, for JVMs in which little can be relied on. */
final class SmallProducts {
    private SmallProducts() {}

    static List<DispatchTable<? extends MatMulKernel>> tables() {
        return Formats.all().flatMap(format -> format.tables().stream()).toList();
    }

    /** Fails unless the best kernel of each table gives what its reference gives. */
    static void check() {
        Formats.all().forEach(format -> format.tables().forEach(table -> check(format, table.best())));
    }

    private static void check(FormatUnderTest format, MatMulKernel kernel) {
        final Case wanted = Case.of(format, 5, 37, format.depth(23), Samples.ORDINARY, Bounds.NONE);
        Execution.checkOnHeap(kernel, wanted);
    }
}
