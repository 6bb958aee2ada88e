package dev.tilesmith.builds;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tilesmith.builds.Command.Output;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Projects that Maven has built from a repository: README's pom, and one with all that often stands beside. */
@DisabledOnOs(OS.WINDOWS)
class MavenProjectsTest {
    private static final String VECTORS = "--add-modules=jdk.incubator.vector";

    private static String classPath() {
        return "target/classes:" + Jars.kernelSpec();
    }

    private static Output quickstart(String... flags) throws Exception {
        final String[] arguments = Stream.concat(
                        Arrays.stream(flags), Stream.of("-cp", classPath(), "example.Quickstart"))
                .toArray(String[]::new);
        return Command.java(Jars.built("quickstart"), arguments).run();
    }

    @Test
    void theQuickstartRunsAsReadmeSays() throws Exception {
        final Output output = quickstart(VECTORS, "--enable-native-access=ALL-UNNAMED");
        Product.check(output);
        assertEquals(
                "WARNING: Using incubator modules: jdk.incubator.vector",
                output.stderr().strip());
    }

    @Test
    void withoutFlagsMachineCodeRunsAndTheJvmWarns() throws Exception {
        final Output output = quickstart();
        Product.check(output);
        assertTrue(output.stderr().contains("--enable-native-access=ALL-UNNAMED"), output.stderr());
    }

    @Test
    void deniedNativeAccessIsSaid() throws Exception {
        final Output output = quickstart(VECTORS, "--illegal-native-access=deny");
        Product.check(output, Product.vectors());
        assertTrue(output.stderr().contains("native access is denied"), output.stderr());
    }

    /** Lombok and MapStruct had their turn, tests ran, and one jar has everything. */
    @Test
    void besideOthersAsOneJar() throws Exception {
        final Path project = Jars.built("beside");
        final Output output =
                Command.java(project, VECTORS, "-jar", "target/beside-1.jar").run();
        Product.check(output);
        assertFalse(output.stderr().contains("restricted method"), output.stderr());
        final String log = Files.readString(project.resolve("build.log"));
        assertTrue(log.contains("tested: " + output.served().orElseThrow()), log);
        assertTrue(log.contains("tested: " + Product.vectors()), log);
        assertTrue(log.contains("tested: SCALAR"), log);
    }
}
