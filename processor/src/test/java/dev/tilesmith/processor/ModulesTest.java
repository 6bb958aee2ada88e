package dev.tilesmith.processor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tilesmith.spec.Target;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Declarations in modules, and on the class path, that require as much as they must, or less than all targets want. */
final class ModulesTest {
    private static final String LINEAR = Kernels.linear("public interface Linear extends MatMulKernel {}");

    /** Where the interface's name stands in it. */
    private static final int LINE =
            LINEAR.substring(0, LINEAR.indexOf("interface Linear")).split("\n", -1).length;

    private static final String REMEDY = "add \"requires jdk.incubator.vector;\" to the module-info.java of app";

    @TempDir
    private Path folder;

    private UserProject project;

    @BeforeEach
    void begin() {
        project = new UserProject(folder);
    }

    private UserProject module(String... requires) throws IOException {
        final StringBuilder text = new StringBuilder("module app { exports p;");
        for (final String name : requires) {
            text.append(" requires ").append(name).append(';');
        }
        return project.with("module-info.java", text.append(" }").toString());
    }

    private static List<String> leftOut(String remedy) {
        return List.of(
                "NOTE, line " + LINE + ": [TS304] Linear has no kernels for [VECTOR_512, VECTOR_256, VECTOR_128], for"
                        + " the Vector API is not there: " + remedy + "; those for its other targets are generated");
    }

    @Test
    void tilesmithAloneIsEnough() throws IOException, ReflectiveOperationException {
        final UserBuild build = module("dev.tilesmith.spec")
                .with("p/Linear.java", LINEAR)
                .onModulePath()
                .succeeds();
        assertEquals(leftOut(REMEDY), build.told());
        assertEquals(List.of(), build.others());
        assertEquals(
                List.of(),
                build.sources().values().stream()
                        .filter(text -> text.contains("Generated") || text.contains("jdk.incubator"))
                        .toList());
        build.multiplies("p.LinearKernels");
    }

    /** With a strict compiler too: but for what javac tells of every use of the Vector API, and of the module's exports. */
    @ParameterizedTest
    @CsvSource({"false, false", "false, true", "true, false", "true, true"})
    void whatIsRequiredIsUsed(boolean vectorApi, boolean mark) throws IOException, ReflectiveOperationException {
        final UserBuild build = module(
                        "transitive dev.tilesmith.spec",
                        vectorApi ? "jdk.incubator.vector" : "java.base",
                        mark ? "java.compiler" : "static java.logging")
                .with("p/Linear.java", LINEAR)
                .onModulePath("-Xlint:all,-incubating", "-Xdoclint:all,-missing", "-Werror")
                .succeeds();
        assertEquals(vectorApi ? List.of() : leftOut(REMEDY), build.told());
        assertEquals(
                mark, build.sources().values().stream().allMatch(text -> text.contains("@Generated(\"dev.tilesmith")));
        build.run(
                "p.LinearKernels",
                table -> assertEquals(
                        vectorApi,
                        table.variants().stream().anyMatch(variant -> variant.target() == Target.VECTOR_256)));
    }

    @Test
    void exportsAreSparedWhereTheInterfaceIs() throws IOException {
        module("dev.tilesmith.spec", "jdk.incubator.vector", "java.compiler")
                .with(
                        "p/Linear.java",
                        Kernels.linear(
                                "@SuppressWarnings(\"exports\") public interface Linear extends MatMulKernel {}"))
                .onModulePath("-Xlint:all,-incubating", "-Werror")
                .isSilent();
    }

    @Test
    void modulesCanBeAddedByOptions() throws IOException {
        module("transitive dev.tilesmith.spec")
                .with("p/Linear.java", LINEAR)
                .onModulePath(
                        "--add-modules=jdk.incubator.vector,java.compiler",
                        "--add-reads=app=jdk.incubator.vector,java.compiler",
                        "-Xlint:-incubating")
                .isSilent();
    }

    @Test
    void theUnnamedModuleNeedsTheOption() throws IOException, ReflectiveOperationException {
        final UserBuild build = project.with("p/Linear.java", LINEAR)
                .onClassPath("-Xlint:all", "-Xdoclint:all", "-Werror")
                .succeeds();
        assertEquals(leftOut("compile with --add-modules=jdk.incubator.vector"), build.told());
        assertEquals(List.of(), build.others());
        build.multiplies("p.LinearKernels");
    }

    @Test
    void theReleaseCanBeSaid() throws IOException {
        final UserBuild build = project.with("p/Linear.java", LINEAR)
                .onClassPath("--release", "25", "--add-modules=jdk.incubator.vector", "-Xlint:-incubating")
                .isSilent();
        assertTrue(build.sources()
                .containsKey(Path.of("p", "Linear_Vector256.java").toString()));
    }

    @Test
    void nothingIsToldWhereNoTargetWantsTheVectorApi() throws IOException {
        module("transitive dev.tilesmith.spec")
                .with(
                        "p/Linear.java",
                        Kernels.file(
                                "@MatMul(lhs = Format.F32, rhs = Format.F32, dst = Format.F32, targets = Target.AVX2)\n"
                                        + "interface Linear extends MatMulKernel {}"))
                .onModulePath("-Xlint:-incubating") // dev.tilesmith.spec has the module in sight
                .isSilent();
    }

    @Test
    void targetsAskedForByNameAreErrors() throws IOException {
        final UserBuild build = module("dev.tilesmith.spec")
                .with("p/Linear.java", Kernels.file("""
                        @MatMul(lhs = Format.F32, rhs = Format.F32, dst = Format.F32, targets = {
                            Target.AVX2,
                            Target.VECTOR_512})
                        @Tiles(target = Target.AVX2, mr = 2)
                        @Tiles(
                            target = Target.VECTOR_512, mr = 2)
                        interface Linear extends MatMulKernel {}
                        """))
                .onModulePath();
        final String text =
                ": [TS303] code for VECTOR_512 is source that uses the Vector API, which is not there: " + REMEDY;
        assertEquals(List.of("ERROR, line 9" + text, "ERROR, line 12" + text), build.told());
        assertEquals(List.of(), build.others());
        assertEquals(List.of(), List.copyOf(build.sources().keySet()));
    }

    @ParameterizedTest
    @CsvSource({"8", "17", "21", "24"})
    void releasesBefore25AreRefused(int release) throws IOException {
        final UserBuild build = project.with("p/Linear.java", LINEAR).onClassPath("--release", "" + release);
        assertEquals(
                List.of(
                        "ERROR, line " + LINE + ": [TS113] Linear is compiled for Java " + release
                                + "; its kernels, and dev.tilesmith.runtime, are for Java 25: compile with --release 25 or later"),
                build.told());
        assertEquals(List.of(), build.others());
    }
}
