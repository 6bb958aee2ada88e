package dev.tilesmith.processor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tilesmith.runtime.DispatchTable;
import dev.tilesmith.runtime.MatMulKernel;
import dev.tilesmith.spec.Target;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import javax.tools.Diagnostic;
import javax.tools.JavaFileObject;

/**
 * What came of compiling a project.
 *
 * @param success whether javac was content
 * @param diagnostics all that it told
 * @param generated folder of what the processor wrote
 * @param classes folder of class files
 */
record UserBuild(
        boolean success, List<Diagnostic<? extends JavaFileObject>> diagnostics, Path generated, Path classes) {
    /** Expects that all was compiled, and that nothing was told. */
    UserBuild isSilent() {
        assertEquals(List.of(), diagnostics.stream().map(Object::toString).toList());
        assertTrue(success);
        return this;
    }

    /** Expects that all was compiled, whatever was told. */
    UserBuild succeeds() {
        assertTrue(success, diagnostics::toString);
        return this;
    }

    /** What the processor told: kind, line and text. */
    List<String> told() {
        return diagnostics.stream()
                .filter(diagnostic -> diagnostic.getMessage(Locale.ROOT).startsWith("[TS"))
                .map(diagnostic -> "%s, line %d: %s"
                        .formatted(
                                diagnostic.getKind(), diagnostic.getLineNumber(), diagnostic.getMessage(Locale.ROOT)))
                .toList();
    }

    /** Errors that the processor did not tell, and whatever is about a generated file. */
    List<String> others() {
        return diagnostics.stream()
                .filter(diagnostic -> !diagnostic.getMessage(Locale.ROOT).startsWith("[TS"))
                .filter(diagnostic -> diagnostic.getKind() == Diagnostic.Kind.ERROR || isGenerated(diagnostic))
                .map(Object::toString)
                .toList();
    }

    private boolean isGenerated(Diagnostic<? extends JavaFileObject> diagnostic) {
        return diagnostic.getSource() != null
                && diagnostic.getSource().getName().startsWith(generated.toString());
    }

    /** The generated sources by the path of their files. */
    Map<String, String> sources() throws IOException {
        final Map<String, String> texts = new TreeMap<>();
        try (Stream<Path> all = Files.walk(generated)) {
            for (final Path file : all.filter(Files::isRegularFile).toList()) {
                texts.put(generated.relativize(file).toString(), Files.readString(file));
            }
        }
        return texts;
    }

    /** Runs {@code action} with the table of a facade such as {@code p.LinearKernels}. */
    void run(String facade, TableAction action) throws IOException, ReflectiveOperationException {
        try (URLClassLoader loader =
                new URLClassLoader(new URL[] {classes.toUri().toURL()})) {
            final var table = loader.loadClass(facade).getDeclaredMethod("table");
            table.setAccessible(true); // the facade of an interface that is not public is not either
            action.with((DispatchTable<?>) table.invoke(null));
        }
    }

    /** Multiplies by every family that runs here. */
    void multiplies(String facade) throws IOException, ReflectiveOperationException {
        run(facade, table -> {
            assertTrue(table.usable().stream()
                    .map(MatMulKernel.class::cast)
                    .anyMatch(kernel -> kernel.family().target() == Target.SCALAR));
            table.usable().forEach(kernel -> multiply((MatMulKernel) kernel));
        });
    }

    private static void multiply(MatMulKernel kernel) {
        final float[] result = new float[4];
        kernel.run(2, new float[] {1, 0, 0, 1, 1, 1}, kernel.packRhs(new float[] {1, 2, 3, 4, 5, 6}, 2, 3), result);
        assertArrayEquals(new float[] {1, 4, 6, 15}, result, kernel::toString);
    }

    /** What is done with a table. */
    interface TableAction {
        void with(DispatchTable<?> table);
    }
}
