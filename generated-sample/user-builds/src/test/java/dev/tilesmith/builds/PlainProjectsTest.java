package dev.tilesmith.builds;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tilesmith.builds.Command.Output;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Projects without a build tool: three jars in a folder, and the commands that README gives. */
@DisabledOnOs(OS.WINDOWS)
class PlainProjectsTest {
    private static final String RUN = "java --add-modules=jdk.incubator.vector --enable-native-access=ALL-UNNAMED"
            + " -cp classes:lib/kernel-spec.jar example.Quickstart";

    private static String compile() throws Exception {
        return Readme.read().commands("javac --release 25").getFirst();
    }

    private static Output shell(Path project, String... lines) throws Exception {
        return Command.shell(project, String.join("\n", lines)).run();
    }

    @Test
    void javacWithEveryProcessorJarOnTheProcessorPath() throws Exception {
        final Output output = shell(Jars.plain("javac"), compile(), RUN);
        Product.check(output);
        assertEquals("WARNING: Using incubator modules: jdk.incubator.vector", lastLine(output.stderr()));
    }

    @Test
    void eclipsesCompiler() throws Exception {
        final Path project = Jars.plain("ecj");
        Files.copy(Jars.ecj(), project.resolve("ecj.jar"));
        final Output output =
                shell(project, Readme.read().commands("java -jar ecj.jar").getFirst(), RUN);
        Product.check(output);
    }

    /** What cannot be compiled is left out, with a note; every warning is an error. */
    @Test
    void aModuleThatRequiresTheRuntimeAlone() throws Exception {
        final Path project = Jars.plain("module");
        final Output output = shell(
                project,
                "javac --release 25 -Xlint:all -Werror -d classes --module-path lib/kernel-spec.jar"
                        + " --processor-module-path lib src/module-info.java src/example/*.java",
                "java --enable-native-access=dev.tilesmith.spec --module-path classes:lib/kernel-spec.jar"
                        + " --module example/example.Quickstart");
        Product.check(output, Product.machineCode().orElse("SCALAR"));
        assertTrue(output.stderr().contains("[TS304]"), output.stderr());
        assertFalse(output.stdout().contains("VECTOR_"), output.stdout());
    }

    /** What README says of them: javac does not find what the processor would have written. */
    @Test
    void withoutTheProcessorJavacFindsNoKernels() throws Exception {
        final Path project = Jars.plain("javac", "forgotten");
        final String flags = "javac --release 25 --add-modules=jdk.incubator.vector -d classes ";
        for (final String classPath : List.of("lib/kernel-spec.jar", "'lib/*'")) {
            final Output output = shell(project, flags + "-cp " + classPath + " src/example/*.java");
            assertNotEquals(0, output.status());
            assertTrue(output.stderr().contains("cannot find symbol"), output.stderr());
            assertTrue(output.stderr().contains("LinearKernels"), output.stderr());
        }
        final Output asked = shell(project, flags + "-proc:full -cp 'lib/*' src/example/*.java", RUN);
        Product.check(asked);
    }

    private static String lastLine(String text) {
        return text.lines().reduce("", (before, line) -> line);
    }
}
