package dev.tilesmith.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tilesmith.runtime.Int8Tiles;
import java.io.File;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

/** A system that refuses executable memory, by a seccomp filter in a JVM of its own. */
@EnabledIf("dev.tilesmith.conformance.CalleeSavedTest#onX86") // an emulator of user programs has no seccomp
final class RefusedMemoryTest {
    private static String run(String refused) throws Exception {
        final List<Class<?>> needed = List.of(
                FilteredJvm.class,
                Int8Tiles.class,
                Assertions.class,
                NullMarked.class,
                org.opentest4j.AssertionFailedError.class,
                org.junit.platform.commons.util.StringUtils.class);
        final StringBuilder classPath = new StringBuilder();
        for (final Class<?> type : needed) {
            classPath.append(whereIs(type)).append(File.pathSeparatorChar);
        }
        final Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--add-modules=jdk.incubator.vector",
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        classPath.toString(),
                        FilteredJvm.class.getName(),
                        refused)
                .redirectErrorStream(true)
                .start();
        final String output;
        try (var reader = process.inputReader()) {
            output = reader.readAllAsString();
        }
        assertEquals(0, process.waitFor(), output);
        return output;
    }

    private static Path whereIs(Class<?> type) throws URISyntaxException {
        return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    }

    /** The file that is mapped twice serves: the same families as without a filter. */
    @Test
    void withoutMprotectMachineCodeStillRuns() throws Exception {
        final String output = run("mprotect");
        for (final var table : SmallProducts.tables()) {
            assertTrue(output.contains("served: " + table.best().family().target()), output);
        }
    }

    @Test
    void withNeitherJavaServesAndExplainSaysWhy() throws Exception {
        final String output = run("all");
        assertFalse(output.contains("served: AVX"), output);
        assertTrue(output.contains("mprotect failed with errno 13, and memfd_create with errno 13"), output);
    }
}
