package dev.tilesmith.processor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tilesmith.runtime.MatMulKernel;
import java.io.IOException;
import java.io.NotSerializableException;
import java.io.ObjectOutputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Methods of users' in their interfaces: those that the generated class cannot do right by are told, others work. */
final class MethodsTest {
    private static final String ABSTRACT = "TS104] Linear declares the abstract method";
    private static final String INHERITED = "TS107] Linear inherits the abstract method";
    private static final String DEFAULT = "TS111] Linear has the default method";

    @TempDir
    private Path folder;

    private UserProject project;

    @BeforeEach
    void begin() {
        project = new UserProject(folder);
    }

    private UserBuild build(String supertypes, String body) throws IOException {
        return project.with("p/Linear.java", Kernels.file("""
            import dev.tilesmith.kernel.drive.Lineup; import dev.tilesmith.runtime.*;
            import java.lang.foreign.*;
            @MatMul(lhs = Format.F32, rhs = Format.F32, dst = Format.F32, targets = Target.AVX2)
            interface Linear extends %s {
                %s
            }
            interface Again extends MatMulKernel { PackedRhs packRhs(Weights weights, Arena arena); }
            interface Own extends MatMulKernel { default Family family() { return null; } }
            interface HasFamily { Family family(); }
            interface HasAnything<T> { T family(); }
            interface HasClose { void close(); }
            """.formatted(supertypes, body)))
                .onClassPath();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Family family();",
                "@Override PackedRhs packRhs(Weights weights, PackOptions options);",
                "void run(Matrix lhs, PackedRhs rhs, Matrix dst, RunOptions options);",
                "String toString(); int hashCode(); boolean equals(Object other);",
                "static Family family(int i) { return null; }",
                "static void run() {}",
                "private void checked(Matrix lhs, PackedRhs rhs, Matrix dst, RunOptions options) {}",
                "default void checked(Matrix lhs, PackedRhs rhs, Matrix dst, RunOptions options) {}",
                "private Family compute() { return family(); }",
                "default PackedRhs packRhs(float[] weights) { return packRhs(weights, 2, weights.length / 2); }",
                "default <T extends Number> T run(T value) { return value; }",
                "default Linear bound(Lineup code) { return this; }",
                "default Object writeObject() { return this; }",
            })
    void harmlessMethodsAreTaken(String body) throws IOException, ReflectiveOperationException {
        build("MatMulKernel", body).isSilent().multiplies("p.LinearKernels");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "MatMulKernel, HasFamily",
                "HasFamily, MatMulKernel",
                "MatMulKernel, HasAnything<Family>",
                "MatMulKernel, HasAnything<Object>"
            })
    void methodsThatTheGeneratedClassHasAnywayAreTaken(String supertypes)
            throws IOException, ReflectiveOperationException {
        build(supertypes, "").isSilent().multiplies("p.LinearKernels");
    }

    @Test
    void defaultsOfTheKernelCanBeOverridden() throws IOException, ReflectiveOperationException {
        build("MatMulKernel", """
            @Override default void run(Matrix lhs, PackedRhs rhs, Matrix dst) {
                run(lhs, rhs, dst, RunOptions.DEFAULT.clamp(0, 5));
            }
            @Override default void run(int m, float[] lhs, PackedRhs rhs, float[] dst) {
                run(Matrix.of(lhs, m, rhs.k()), rhs, Matrix.of(dst, m, rhs.n()));
            }
            """).isSilent().run("p.LinearKernels", table -> {
            final MatMulKernel kernel = (MatMulKernel) table.usable().getFirst();
            final float[] result = new float[2];
            kernel.run(1, new float[] {2}, kernel.packRhs(new float[] {2, 3}, 2, 1), result);
            assertEquals(List.of(4f, 5f), List.of(result[0], result[1]));
        });
    }

    /** What would be written could not be read again. */
    @Test
    void serializableKernelsAreNotWritten() throws IOException, ReflectiveOperationException {
        build("MatMulKernel, java.io.Serializable", "").isSilent().run("p.LinearKernels", table -> {
            final Object kernel = table.usable().getFirst();
            final String text = assertThrows(
                            NotSerializableException.class,
                            () -> new ObjectOutputStream(OutputStream.nullOutputStream()).writeObject(kernel))
                    .getMessage();
            assertTrue(text.contains("belongs to the CPU and the JVM"), text);
        });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "PackedRhs packRhs(Weights weights); | packRhs(dev.tilesmith.runtime.Weights) | " + ABSTRACT,
                "@Override PackedRhs packRhs(float[] w, int n, int k); | packRhs(float[],int,int) | " + ABSTRACT,
                "void run(int m, float[] lhs, PackedRhs rhs, float[] dst); | "
                        + "run(int,float[],dev.tilesmith.runtime.PackedRhs,float[]) | " + ABSTRACT,
                "Object clone(); | clone() | " + ABSTRACT,
                "void finalize(); | finalize() | " + ABSTRACT,
                "default Family family() { return null; } | family() | " + DEFAULT,
                "default void run(Matrix l, PackedRhs r, Matrix d, RunOptions o) {} | "
                        + "run(dev.tilesmith.runtime.Matrix,dev.tilesmith.runtime.PackedRhs,dev.tilesmith.runtime.Matrix,dev.tilesmith.runtime.RunOptions)"
                        + " | " + DEFAULT,
                "default PackedRhs packRhs(Weights w, PackOptions o) { return null; } |"
                        + " packRhs(dev.tilesmith.runtime.Weights,dev.tilesmith.runtime.PackOptions)"
                        + " | "
                        + DEFAULT,
                "default Object clone() { return this; } | clone() | " + DEFAULT,
                "default void finalize() {} | finalize() | " + DEFAULT,
            })
    void whatTheGeneratedClassWouldNotDoIsTold(String method, String signature, String text) throws IOException {
        tells(build("MatMulKernel", method), 11, text + " " + signature);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Again | packRhs(dev.tilesmith.runtime.Weights,java.lang.foreign.Arena) | " + INHERITED,
                "MatMulKernel, HasClose | close() | " + INHERITED,
                "Own | family() | " + DEFAULT,
            })
    void soAreInheritedOnes(String supertypes, String signature, String text) throws IOException {
        tells(build(supertypes, ""), 10, text + " " + signature);
    }

    private static void tells(UserBuild build, int line, String beginning) throws IOException {
        assertEquals(List.of(), build.others());
        assertEquals(1, build.told().size(), build.told()::toString);
        final String told = build.told().getFirst();
        final String expected = "ERROR, line " + line + ": [" + beginning + ", ";
        assertEquals(expected, told.substring(0, Math.min(told.length(), expected.length())));
        assertEquals(List.of(), List.copyOf(build.sources().keySet()));
    }
}
