package dev.tilesmith.builds;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.tilesmith.builds.Command.Output;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Our own build takes the JDK's tools from a JDK 25, whichever come first on the path and whichever Maven runs on. */
@DisabledOnOs(OS.WINDOWS)
class OwnBuildTest {
    private static final Path ROOT = Path.of("../..").toAbsolutePath().normalize();
    private static final String REFUSED = "a tool of the path was used";

    /** Where the build of kernel-spec begins: poms, and the sources that its module descriptor is compiled from. */
    private static Path copyOfTheBuild() throws IOException {
        final Path copy = Path.of("target/own-build").toAbsolutePath();
        Trees.delete(copy);
        Trees.copy(ROOT.resolve(".mvn"), copy.resolve(".mvn"));
        Trees.copy(ROOT.resolve("kernel-spec/src/main"), copy.resolve("kernel-spec/src/main"));
        Files.copy(ROOT.resolve("pom.xml"), copy.resolve("pom.xml"));
        for (final String module : List.of(
                "kernel-spec",
                "processor",
                "generated-sample",
                "generated-sample/user-builds",
                "bench",
                "bench/sweep")) {
            Files.createDirectories(copy.resolve(module));
            Files.copy(
                    ROOT.resolve(module).resolve("pom.xml"),
                    copy.resolve(module).resolve("pom.xml"));
        }
        return copy;
    }

    /** A folder whose JDK tools do nothing but refuse. */
    private static Path refusingTools(Path copy) throws IOException {
        final Path bin = Files.createDirectories(copy.resolve("bin"));
        for (final String tool : List.of("java", "javac", "jar", "javadoc")) {
            final Path file = Files.writeString(bin.resolve(tool), "#!/bin/sh\necho " + REFUSED + "\nexit 1\n");
            if (!file.toFile().setExecutable(true)) {
                throw new IOException(file + " cannot be made executable");
            }
        }
        return bin;
    }

    /** In the JVM of the JDK 25, and in that which runs Maven here, which may be older. */
    @ParameterizedTest
    @ValueSource(strings = {"java.home", "maven.java.home"})
    void noToolIsTakenFromThePath(String javaHome) throws Exception {
        final Path copy = copyOfTheBuild();
        final Output output = Command.withPath(
                        copy,
                        refusingTools(copy),
                        List.of(
                                System.getProperty("maven.home") + "/bin/mvn",
                                "-B",
                                "-ntp",
                                "-o",
                                "-Dmaven.repo.local=" + System.getProperty("builds.downloaded"),
                                "-pl",
                                "kernel-spec",
                                "toolchains:select-jdk-toolchain@find-jdk",
                                "exec:exec@module-descriptor"))
                .with("JAVA_HOME", System.getProperty(javaHome))
                .run();
        assertFalse(output.stdout().contains(REFUSED), output::toString);
        assertEquals(0, output.status(), output::toString);
        try (Stream<Path> descriptor = Files.walk(copy.resolve("kernel-spec/target"))) {
            assertEquals(
                    1,
                    descriptor
                            .filter(file -> file.endsWith("module-info.class"))
                            .count());
        }
    }
}
