package dev.tilesmith.processor;

import static com.google.testing.compile.CompilationSubject.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.google.testing.compile.Compilation;
import com.google.testing.compile.Compiler;
import dev.tilesmith.processor.emit.SourceWriter;
import dev.tilesmith.processor.product.model.Declaration;
import dev.tilesmith.processor.product.model.TileRequest;
import dev.tilesmith.spec.Target;
import java.io.IOException;
import java.io.InputStream;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import javax.annotation.processing.AbstractProcessor;
import javax.annotation.processing.Processor;
import javax.annotation.processing.RoundEnvironment;
import javax.lang.model.SourceVersion;
import javax.lang.model.element.TypeElement;
import javax.tools.JavaFileObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is read of a source, what comes through to the later stages, and when. */
class ProcessorTest {
    private static final String F32 = "@MatMul(lhs = F32, rhs = F32, dst = F32) ";

    private final RecordingOperation operation = new RecordingOperation();

    private Compilation compile(JavaFileObject... files) {
        return javac(new TilesmithProcessor(List.of(operation))).compile(files);
    }

    /** With all that targets want, and no warning of it. */
    private static Compiler javac(Processor... processors) {
        return Compiler.javac()
                .withProcessors(processors)
                .withOptions("--add-modules=jdk.incubator.vector", "-Xlint:-incubating");
    }

    private Declaration read(String body) {
        assertThat(compile(MarkedSource.file("Linear", body))).succeededWithoutWarnings();
        return operation.declarations().getFirst();
    }

    @Test
    void generatesForASoundDeclaration() {
        final Compilation compilation = javac(new TilesmithProcessor())
                .compile(MarkedSource.file("Linear", F32 + "public interface Linear extends MatMulKernel {}"));
        assertThat(compilation).succeeded();
        assertThat(compilation).generatedSourceFile("example.LinearKernels");
    }

    @Test
    void readsDefaults() {
        final Declaration declaration = read(F32 + "interface Linear extends MatMulKernel {}");
        assertEquals(List.of(), declaration.targets());
        assertEquals(List.of(), declaration.tiles());
        assertEquals(List.of(true, true), List.of(declaration.bias(), declaration.clamp()));
    }

    @Test
    void readsEveryAttribute() {
        final Declaration declaration = read("""
            @MatMul(lhs = F32, rhs = F32, dst = F32, bias = false, clamp = false, targets = {VECTOR_512, VECTOR_128})
            @Tiles(target = VECTOR_512, mr = {4, 2}, nr = 16)
            @Tiles(target = VECTOR_128, mr = 3)
            interface Linear extends MatMulKernel {}
            """);
        assertEquals(List.of(Target.VECTOR_512, Target.VECTOR_128), declaration.targets());
        assertEquals(
                List.of(
                        new TileRequest(Target.VECTOR_512, List.of(4, 2), 16),
                        new TileRequest(Target.VECTOR_128, List.of(3), 0)),
                declaration.tiles());
        assertEquals(List.of(false, false), List.of(declaration.bias(), declaration.clamp()));
    }

    @Test
    void readsAWrittenContainerAsRepeatedTiles() {
        final Declaration declaration =
                read(F32 + "@Tiles.List({@Tiles(target = SCALAR), @Tiles(target = AVX2, nr = 8)})"
                        + " interface Linear extends MatMulKernel {}");
        assertEquals(
                List.of(new TileRequest(Target.SCALAR, List.of(), 0), new TileRequest(Target.AVX2, List.of(), 8)),
                declaration.tiles());
    }

    @Test
    void namesNestedInterfacesAfterTheTypesAroundThem() {
        final Declaration declaration = read("class Linear { " + F32 + "interface Inner extends MatMulKernel {} }");
        assertEquals("Linear_Inner", declaration.subject().generatedPrefix());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "interface Linear extends Base {} interface Base extends MatMulKernel {}",
                "interface Linear extends MatMulKernel { default int twice() { return 2; } static void none() {} }",
                "interface Linear extends MatMulKernel { @Override dev.tilesmith.runtime.Family family(); }",
                "interface Linear extends MatMulKernel, AutoCloseable { @Override default void close() {} }"
            })
    void takesWhateverAGeneratedClassCanImplement(String type) {
        assertThat(compile(MarkedSource.file("Linear", F32 + type))).succeededWithoutWarnings();
        assertEquals(List.of("Linear"), operation.names());
    }

    @Test
    void faultyDeclarationsDoNotHoldUpOthers() {
        assertThat(compile(
                        MarkedSource.file("First", F32 + "interface First extends MatMulKernel {}"),
                        MarkedSource.file("Faulty", F32 + "interface Faulty {}"),
                        MarkedSource.file("Last", F32 + "interface Last extends MatMulKernel {}")))
                .failed();
        assertEquals(List.of("First", "Last"), operation.names());
    }

    @Test
    void anEmissionThatFailsDoesNotHoldUpOthers() {
        final RecordingOperation broken = new RecordingOperation() {
            @Override
            public void emit(Declaration declaration, SourceWriter writer) throws IOException {
                if (declaration.subject().name().equals("First")) {
                    throw new IOException("disk full");
                }
                super.emit(declaration, writer);
            }
        };
        assertThat(javac(new TilesmithProcessor(List.of(broken)))
                        .compile(
                                MarkedSource.file("First", F32 + "interface First extends MatMulKernel {}"),
                                MarkedSource.file("Last", F32 + "interface Last extends MatMulKernel {}")))
                .hadErrorContaining(
                        "TS902] what is generated for example.First could not be written: java.io.IOException: disk"
                                + " full");
        assertEquals(List.of("Last"), broken.names());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "@MatMul(lhs = F23, rhs = F32, dst = F32) interface Linear extends MatMulKernel {}",
                "@MatMul(lhs = F32, rhs = F32) interface Linear extends MatMulKernel {}",
                "@MatMul(lhs = F32, rhs = F32, dst = 32) interface Linear extends MatMulKernel {}",
                "@MatMul(lhs = F32, rhs = F32, dst = F32, targets = {AVX3}) interface Linear extends MatMulKernel {}",
                "@MatMul(lhs = F32, rhs = F32, dst = F32) @Tiles(target = AVX2, mr = \"6\") interface Linear extends"
                        + " MatMulKernel {}",
                "@MatMul(lhs = F32, rhs = F32, dst = F32) @Tiles.List({3}) interface Linear extends MatMulKernel {}",
                "class Linear { @MatMul(lhs = F32, rhs = F32, dst = F32) void method() {} }"
            })
    void leavesToJavacWhatJavacRefuses(String body) {
        final Compilation compilation = compile(MarkedSource.file("Linear", body));
        assertThat(compilation).failed();
        assertEquals(
                List.of(),
                compilation.diagnostics().stream()
                        .map(Objects::toString)
                        .filter(text -> text.contains("[TS"))
                        .toList());
        assertEquals(List.of(), operation.names());
    }

    /** Generates {@code example.Missing}, a kernel, in the first round. */
    private static final class MissingProcessor extends AbstractProcessor {
        private boolean done;

        @Override
        public Set<String> getSupportedAnnotationTypes() {
            return Set.of(Deprecated.class.getCanonicalName());
        }

        @Override
        public SourceVersion getSupportedSourceVersion() {
            return SourceVersion.latestSupported();
        }

        @Override
        public boolean process(Set<? extends TypeElement> annotations, RoundEnvironment round) {
            if (!done) {
                done = true;
                try (Writer writer = processingEnv
                        .getFiler()
                        .createSourceFile("example.Missing")
                        .openWriter()) {
                    writer.write("package example; interface Missing extends dev.tilesmith.runtime.MatMulKernel {}");
                } catch (IOException e) {
                    throw new IllegalStateException(e);
                }
            }
            return false;
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void waitsForSupertypesThatAreGenerated(boolean first) {
        final Processor ours = new TilesmithProcessor(List.of(operation));
        final Processor theirs = new MissingProcessor();
        assertThat(javac(first ? ours : theirs, first ? theirs : ours)
                        .compile(MarkedSource.file("Linear", F32 + "@Deprecated interface Linear extends Missing {}")))
                .succeededWithoutWarnings();
        assertEquals(List.of("Linear"), operation.names());
    }

    @Test
    void everyGeneratedFileHasTheDeclarationAsItsOneOrigin() throws IOException {
        final OriginRecorder origins = new OriginRecorder();
        assertThat(javac(origins.wrap(new TilesmithProcessor()))
                        .compile(MarkedSource.file("Linear", F32 + "interface Linear extends MatMulKernel {}")))
                .succeeded();
        assertEquals(Set.of(List.of("example.Linear")), Set.copyOf(origins.all().values()));
    }

    @Test
    void gradleIsToldThatProcessingIsIsolating() throws IOException {
        try (InputStream resource = Objects.requireNonNull(
                TilesmithProcessor.class.getResourceAsStream("/META-INF/gradle/incremental.annotation.processors"))) {
            assertEquals(
                    TilesmithProcessor.class.getName() + ",isolating",
                    new String(resource.readAllBytes(), StandardCharsets.UTF_8).strip());
        }
    }

    @Test
    void markersAreChecked() {
        assertThrows(IllegalArgumentException.class, () -> MarkedSource.of("Linear", "interface Linear {}"));
    }
}
