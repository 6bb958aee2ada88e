package dev.tilesmith.processor;

import static com.google.testing.compile.CompilationSubject.assertThat;
import static com.google.testing.compile.Compiler.javac;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.testing.compile.JavaFileObjects;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import javax.annotation.processing.AbstractProcessor;
import javax.annotation.processing.RoundEnvironment;
import javax.lang.model.SourceVersion;
import javax.lang.model.element.TypeElement;
import javax.tools.JavaFileObject;
import org.junit.jupiter.api.Test;

/** The processor claims its annotations and no other. */
final class ClaimsTest {
    private static final String F32 = "@MatMul(lhs = F32, rhs = F32, dst = F32) ";

    /** Asked after ours: is shown what is left, round by round. */
    private static final class Later extends AbstractProcessor {
        private final List<List<String>> shown = new ArrayList<>();
        private final String asks;

        Later(String asks) {
            this.asks = asks;
        }

        @Override
        public Set<String> getSupportedAnnotationTypes() {
            return Set.of(asks);
        }

        @Override
        public SourceVersion getSupportedSourceVersion() {
            return SourceVersion.latestSupported();
        }

        @Override
        public boolean process(Set<? extends TypeElement> annotations, RoundEnvironment round) {
            if (!round.processingOver()) {
                shown.add(annotations.stream()
                        .map(annotation -> annotation.getQualifiedName().toString())
                        .sorted()
                        .toList());
            }
            return false;
        }
    }

    private static List<List<String>> left(String asks, JavaFileObject... files) {
        final Later later = new Later(asks);
        assertThat(javac().withProcessors(new TilesmithProcessor(), later).compile(files))
                .succeeded();
        return later.shown;
    }

    @Test
    void theRestIsLeftToOthers() {
        assertEquals(
                List.of(
                        List.of("java.lang.Deprecated", "java.lang.FunctionalInterface"),
                        List.of("java.lang.Override", "java.lang.SuppressWarnings")),
                left(
                        "*",
                        MarkedSource.file(
                                "Linear",
                                F32
                                        + "@Tiles(target = SCALAR, mr = 2) @Deprecated interface Linear extends MatMulKernel {}"),
                        MarkedSource.file(
                                "Some",
                                F32
                                        + "@Tiles(target = SCALAR) @Tiles(target = AVX2) interface Some extends MatMulKernel {}"),
                        MarkedSource.file("Other", "@FunctionalInterface interface Other { void run(); }")));
    }

    @Test
    void marksOfOthersAreLeftToThem() {
        assertEquals(
                List.of(List.of("javax.annotation.processing.Generated")),
                left(
                        "javax.annotation.processing.Generated",
                        MarkedSource.file(
                                "Other", "@javax.annotation.processing.Generated(\"another\") class Other {}")));
    }

    @Test
    void annotationsOfTheSameNameInOtherPackagesAreNotOurs() {
        assertEquals(
                List.of(List.of("other.MatMul", "other.Tiles")),
                left(
                        "*",
                        JavaFileObjects.forSourceString("other.MatMul", "package other; public @interface MatMul {}"),
                        JavaFileObjects.forSourceString("other.Tiles", "package other; public @interface Tiles {}"),
                        JavaFileObjects.forSourceString("other.Use", "package other; @MatMul @Tiles class Use {}")));
    }
}
