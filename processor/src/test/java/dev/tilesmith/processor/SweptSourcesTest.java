package dev.tilesmith.processor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.testing.compile.Compilation;
import com.google.testing.compile.CompilationSubject;
import com.google.testing.compile.Compiler;
import com.google.testing.compile.JavaFileObjects;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import javax.tools.JavaFileObject;
import org.junit.jupiter.api.Test;

/** What is generated of declarations that are swept is the same bytes whenever it is, and in whatever order they are given. */
final class SweptSourcesTest {
    private static final String SWEPT = "@MatMul(lhs = %s, rhs = %s, dst = F32, targets = {AVX2, SCALAR}) "
            + "@Sweep(unroll = {1, 2}, shapes = {\"8x64x64\", \"1x64x64-cold\"}) "
            + "public interface %s extends MatMulKernel {}";

    private static final JavaFileObject FIRST = MarkedSource.file("First", SWEPT.formatted("F32", "F32", "First"));
    private static final JavaFileObject SECOND =
            MarkedSource.file("Second", SWEPT.formatted("QAI8DX", "QSI8CX", "Second"));

    /** JMH and the product that it times, as far as what is generated names them. */
    private static Stream<JavaFileObject> jmh() {
        final String jmh = "org.openjdk.jmh.annotations";
        return Stream.concat(
                Stream.of(
                        type(jmh, "@interface Benchmark {}"),
                        type(jmh, "@interface BenchmarkMode { Mode[] value(); }"),
                        type(jmh, "@interface OutputTimeUnit { java.util.concurrent.TimeUnit value(); }"),
                        type(jmh, "@interface Param { String[] value(); }"),
                        type(jmh, "@interface Setup {}"),
                        type(jmh, "@interface TearDown {}"),
                        type(jmh, "@interface State { Scope value(); }"),
                        type(jmh, "enum Scope { Thread }"),
                        type(jmh, "enum Mode { AverageTime }")),
                Stream.of(type("dev.tilesmith.sweep", """
                        class SweptProduct {
                            public static SweptProduct of(
                                    dev.tilesmith.runtime.DispatchTable<?> table, String variant, String shape) {
                                return new SweptProduct();
                            }
                            public void run() {}
                            public void close() {}
                        }
                        """)));
    }

    private static JavaFileObject type(String packageName, String type) {
        final String name = type.substring(0, type.indexOf(" {")).replaceFirst(".* ", "");
        return JavaFileObjects.forSourceString(
                packageName + "." + name, "package " + packageName + ";\npublic " + type);
    }

    private static SortedMap<String, String> generated(JavaFileObject... declarations) throws IOException {
        final Compilation compilation = Compiler.javac()
                .withProcessors(new TilesmithProcessor())
                .withOptions("--add-modules=jdk.incubator.vector", "-Xlint:-incubating")
                .compile(Stream.concat(Stream.of(declarations), jmh()).toList());
        CompilationSubject.assertThat(compilation).succeeded();
        final SortedMap<String, String> files = new TreeMap<>();
        for (final JavaFileObject file : compilation.generatedFiles()) {
            if (file.getKind() != JavaFileObject.Kind.CLASS) {
                try (InputStream in = file.openInputStream()) {
                    files.put(file.getName(), new String(in.readAllBytes(), StandardCharsets.ISO_8859_1));
                }
            }
        }
        return files;
    }

    @Test
    void areTheSameAgainAndInAnotherOrder() throws IOException {
        final SortedMap<String, String> once = generated(FIRST, SECOND);
        for (final String expected : List.of("FirstSweep.java", "SecondSweep.java", "sweeps/example.First")) {
            assertTrue(once.keySet().stream().anyMatch(name -> name.endsWith(expected)), () -> once.keySet() + "");
        }
        assertEquals(once, generated(FIRST, SECOND));
        assertEquals(once, generated(SECOND, FIRST));
    }
}
