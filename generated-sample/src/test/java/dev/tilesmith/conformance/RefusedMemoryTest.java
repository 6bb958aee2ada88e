package dev.tilesmith.conformance;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

/** A system that refuses executable memory, by a seccomp filter in a JVM of its own. */
@EnabledIf("dev.tilesmith.conformance.CalleeSavedTest#onX86") // an emulator of user programs has no seccomp
final class RefusedMemoryTest {
    /** The file that is mapped twice serves: the same families as without a filter. */
    @Test
    void withoutMprotectMachineCodeStillRuns() throws Exception {
        final String output = AnotherJvm.run(FilteredJvm.class, "mprotect");
        for (final var table : SmallProducts.tables()) {
            assertTrue(output.contains("served: " + table.best().family().target()), output);
        }
    }

    @Test
    void withNeitherJavaServesAndExplainSaysWhy() throws Exception {
        final String output = AnotherJvm.run(FilteredJvm.class, "all");
        assertFalse(output.contains("served: AVX"), output);
        assertTrue(output.contains("mprotect failed with errno 13, and memfd_create with errno 13"), output);
    }
}
