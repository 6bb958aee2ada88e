package dev.tilesmith.processor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.lang.model.SourceVersion;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Generated code means what it means whatever users call their types, and has files that can be written. */
final class NamesTest {
    private static final String VECTOR_API = "--add-modules=jdk.incubator.vector";

    /** One of each kind of code. */
    private static final String TARGETS = "{Target.AVX2, Target.NEON_DOTPROD, Target.VECTOR_128}";

    private static final Pattern COMMENT_OR_STRING =
            Pattern.compile("(?s)/\\*.*?\\*/|//[^\n]*|\"{3}.*?\"{3}|\"(\\\\.|[^\"])*\"");

    private static final Pattern IDENTIFIER = Pattern.compile("\\b[\\p{L}_$][\\p{L}\\d_$]*");

    @TempDir
    private Path folder;

    private UserProject project;

    @BeforeEach
    void begin() {
        project = new UserProject(folder);
    }

    private void kernels(String supertypes) throws IOException {
        final List<String> kernels = Kernels.ofAllFormats(TARGETS, supertypes);
        for (int i = 0; i < kernels.size(); i++) {
            project.with("p/K" + i + ".java", kernels.get(i));
        }
    }

    /** Every name that stands in generated code, but for keywords. */
    private NavigableSet<String> names(UserBuild build) throws IOException {
        final NavigableSet<String> names = new TreeSet<>();
        for (final String text : build.sources().values()) {
            IDENTIFIER
                    .matcher(COMMENT_OR_STRING.matcher(text).replaceAll(" "))
                    .results()
                    .map(MatchResult::group)
                    .filter(name -> !SourceVersion.isKeyword(name))
                    .forEach(names::add);
        }
        names.removeAll(Set.of("var", "record", "yield", "sealed", "permits")); // no names of types
        return names;
    }

    private static String each(Set<String> names, Function<String, String> declaration) {
        return names.stream().map(declaration).collect(Collectors.joining("\n"));
    }

    @Test
    void typesAndConstantsOfEveryNameDoNoHarm() throws IOException, ReflectiveOperationException {
        kernels("");
        final Set<String> names = names(project.onClassPath(VECTOR_API).succeeds());
        assertTrue(names.containsAll(Set.of("Math", "Override", "Lineup", "Float", "List", "dev", "java", "jdk")));
        kernels(", Members, Constants");
        final Set<String> free = names.stream()
                .filter(name -> !name.matches("K\\d+(Kernels|_\\w+)?"))
                .collect(Collectors.toCollection(TreeSet::new));
        project.with("p/Types.java", "package p;\n" + each(free, name -> "class " + name + " {}"));
        project.with(
                "p/Members.java",
                "package p;\ninterface Members {\n" + each(names, name -> "class " + name + " {}") + "}");
        project.with(
                "p/Constants.java",
                "package p;\ninterface Constants {\n" + each(names, name -> "int " + name + " = 1;") + "}");
        final UserBuild build = project.onClassPath(VECTOR_API).succeeds();
        assertEquals(List.of(), build.told());
        build.multiplies("p.K0Kernels");
    }

    @Test
    void membersOfTheInterfaceItselfDoNoHarm() throws IOException, ReflectiveOperationException {
        project.with("p/Linear.java", Kernels.linear("public interface Linear extends MatMulKernel {}"));
        final Set<String> names = names(project.onClassPath(VECTOR_API).succeeds());
        names.remove("Linear");
        project.with("p/Linear.java", """
            package p;
            /** A kernel. */
            @dev.tilesmith.spec.MatMul(
                lhs = dev.tilesmith.spec.Format.F32, rhs = dev.tilesmith.spec.Format.F32, dst = dev.tilesmith.spec.Format.F32)
            public interface Linear extends dev.tilesmith.runtime.MatMulKernel {
            """ + each(names, name -> "class " + name + " {} int " + name + " = 1;") + "}");
        project.onClassPath(VECTOR_API).succeeds().multiplies("p.LinearKernels");
    }

    @Test
    void interfacesOfEveryNameDo() throws IOException, ReflectiveOperationException {
        project.with("p/Linear.java", Kernels.linear("public interface Linear extends MatMulKernel {}"));
        final Set<String> types = names(project.onClassPath(VECTOR_API).succeeds()).stream()
                .filter(name -> name.matches("[A-Z][A-Za-z0-9]*"))
                .collect(Collectors.toCollection(TreeSet::new));
        types.removeIf(name -> name.startsWith("Linear"));
        types.addAll(List.of("Object", "Integer", "Float", "Record", "MatMulKernel", "MatMul", "Int8Tiles"));
        for (final String name : types) {
            project.with("p/" + name + ".java", """
                package p;
                @dev.tilesmith.spec.MatMul(
                    lhs = dev.tilesmith.spec.Format.F32,
                    rhs = dev.tilesmith.spec.Format.F32,
                    dst = dev.tilesmith.spec.Format.F32,
                    targets = {dev.tilesmith.spec.Target.AVX2, dev.tilesmith.spec.Target.VECTOR_128})
                interface %s extends dev.tilesmith.runtime.MatMulKernel {}
                """.formatted(name));
        }
        final UserBuild build = project.onClassPath(VECTOR_API).succeeds();
        for (final String name : types) {
            build.multiplies("p." + name + "Kernels");
        }
    }

    @Test
    void theUnnamedPackageDoes() throws IOException, ReflectiveOperationException {
        project.with("Math.java", "class Math {} class String {} class Compute {} class dev {}");
        project.with(
                "Linear.java",
                Kernels.linear("interface Linear extends MatMulKernel {}").replace("package p;\n", ""));
        project.onClassPath(VECTOR_API).succeeds().multiplies("LinearKernels");
    }

    @ParameterizedTest
    @ValueSource(strings = {"LinearKernels", "Linear_Avx2", "Linear_Vector512", "Linear_Scalar", "Linear_Sme2"})
    void namesThatAreTakenAreToldBeforeAnythingIsWritten(String name) throws IOException {
        project.with("p/Linear.java", Kernels.file(Kernels.F32 + "interface Linear extends MatMulKernel {}"));
        project.with("p/" + name + ".java", "package p; enum " + name + " {}");
        final UserBuild build = project.onClassPath(VECTOR_API);
        assertEquals(
                List.of("ERROR, line 8: [TS109] p." + name
                        + " is to be generated for Linear, and is already there; rename the one or the other"),
                build.told());
        assertEquals(List.of(), build.others());
        assertEquals(Set.of(), build.sources().keySet());
    }

    @Test
    void aPackageOfTheNameIsToldToo() throws IOException {
        project.with("p/Linear.java", Kernels.file(Kernels.F32 + "interface Linear extends MatMulKernel {}"));
        project.with("p/LinearKernels/a/Some.java", "package p.LinearKernels.a; class Some {}");
        final UserBuild build = project.onClassPath(VECTOR_API);
        assertEquals(
                List.of("ERROR, line 8: [TS109] p.LinearKernels is to be generated for Linear, and is already there;"
                        + " rename the one or the other"),
                build.told());
        assertEquals(List.of(), build.others());
    }

    @Test
    void twoDeclarationsOfOneGeneratedNameAreTold() throws IOException {
        project.with(
                "p/Outer.java",
                Kernels.file("interface Outer { " + Kernels.F32 + "interface Inner extends MatMulKernel {} }"));
        project.with("p/Outer_Inner.java", Kernels.file(Kernels.F32 + "interface Outer_Inner extends MatMulKernel {}"));
        final UserBuild build = project.onClassPath(VECTOR_API);
        assertEquals(
                List.of("ERROR, line 8: [TS109] p.Outer_InnerKernels is to be generated for p.Outer_Inner, and is"
                        + " already there; rename the one or the other"),
                build.told());
        assertEquals(List.of(), build.others());
    }

    /** A second build finds the classes of the first where the first has put them. */
    @Test
    void classesOfAnEarlierBuildAreNoHindrance() throws IOException, ReflectiveOperationException {
        project.with("p/Linear.java", Kernels.file(Kernels.F32 + "interface Linear extends MatMulKernel {}"));
        final UserBuild first = project.onClassPath(VECTOR_API).succeeds();
        project.onClassPath(VECTOR_API, "--class-path", first.classes() + File.pathSeparator + UserProject.runtime())
                .succeeds()
                .multiplies("p.LinearKernels");
    }

    @ParameterizedTest
    @ValueSource(strings = {"L", "é", "中", "\uD835\uDC9C"})
    void namesAreAsLongAsFilesTake(String letter) throws IOException, ReflectiveOperationException {
        final int bytes = letter.getBytes(StandardCharsets.UTF_8).length;
        final int room = 255 - "Kernels$1Driven.class".length();
        final String longest = letter.repeat(room / bytes);
        final String tooLong = longest + letter;
        project.with("p/Some.java", Kernels.file(Kernels.F32 + "interface " + longest + " extends MatMulKernel {}"));
        project.onClassPath(VECTOR_API).succeeds().multiplies("p." + longest + "Kernels");
        project.with("p/Some.java", Kernels.file(Kernels.F32 + "interface " + tooLong + " extends MatMulKernel {}"));
        final int size = tooLong.getBytes(StandardCharsets.UTF_8).length + "Kernels$1Driven.class".length();
        final UserBuild build = project.onClassPath(VECTOR_API);
        assertEquals(
                List.of("ERROR, line 8: [TS112] the name of " + tooLong + " is too long by " + (size - 255)
                        + " bytes: a file to be generated is " + tooLong + "Kernels$1Driven.class, of " + size
                        + " bytes, and names of files have up to 255"),
                build.told());
        assertEquals(List.of(), build.others());
    }
}
