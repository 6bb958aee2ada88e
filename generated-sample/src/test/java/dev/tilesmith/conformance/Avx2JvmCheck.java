package dev.tilesmith.conformance;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tilesmith.cpu.Architecture;
import dev.tilesmith.cpu.Host;
import dev.tilesmith.spec.Target;
import org.junit.jupiter.api.Test;

/** A JVM held to AVX2: runs in an execution of its own. */
final class Avx2JvmCheck {
    @Test
    void vectorsOf512BitsAreNotUsed() {
        assertTrue(F32KernelKernels.table().usable().stream()
                .noneMatch(kernel -> kernel.family().target() == Target.VECTOR_512));
        if (Host.current().cpu().architecture() == Architecture.X86_64) {
            assertTrue(Host.current().jvm().preferredBits() <= 256);
        }
    }
}
