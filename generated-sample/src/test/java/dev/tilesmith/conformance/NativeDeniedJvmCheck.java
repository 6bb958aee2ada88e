package dev.tilesmith.conformance;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tilesmith.cpu.Architecture;
import dev.tilesmith.cpu.Host;
import dev.tilesmith.runtime.DispatchTable;
import dev.tilesmith.runtime.MatMulKernel;
import dev.tilesmith.spec.Target;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A JVM that denies native access: runs in an execution of its own. */
final class NativeDeniedJvmCheck {
    private static final Set<Target> JAVA =
            Set.of(Target.SCALAR, Target.VECTOR_128, Target.VECTOR_256, Target.VECTOR_512);

    @Test
    void javaCodeServesWithTheSameBits() {
        SmallProducts.check();
        for (final DispatchTable<? extends MatMulKernel> table : SmallProducts.tables()) {
            assertTrue(JAVA.contains(table.best().family().target()), table.explain());
        }
    }

    @Test
    void explainSaysWhy() {
        if (Host.current().cpu().architecture() == Architecture.X86_64) {
            final String explanation = Int8KernelKernels.table().explain();
            assertTrue(explanation.contains("native access is denied"), explanation);
            assertTrue(explanation.contains("--enable-native-access"), explanation);
            assertFalse(explanation.contains("-Dtilesmith.native=off"), explanation);
        }
    }
}
