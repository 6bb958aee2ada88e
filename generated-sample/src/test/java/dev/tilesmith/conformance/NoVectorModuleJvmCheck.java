package dev.tilesmith.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tilesmith.runtime.DispatchTable;
import dev.tilesmith.runtime.MatMulKernel;
import dev.tilesmith.spec.Target;
import org.junit.jupiter.api.Test;

/** A JVM without the module jdk.incubator.vector, and without machine code: runs in an execution of its own. */
final class NoVectorModuleJvmCheck {
    @Test
    void scalarCodeServesAndExplainSaysWhy() {
        for (final DispatchTable<? extends MatMulKernel> table : SmallProducts.tables()) {
            assertEquals(Target.SCALAR, table.best().family().target());
            final String explanation = table.explain();
            assertTrue(explanation.contains("--add-modules=jdk.incubator.vector"), explanation);
            assertTrue(explanation.contains("-Dtilesmith.native=off"), explanation);
        }
        SmallProducts.check();
    }
}
