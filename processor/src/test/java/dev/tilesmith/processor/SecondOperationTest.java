package dev.tilesmith.processor;

import static com.google.testing.compile.CompilationSubject.assertThat;
import static com.google.testing.compile.Compiler.javac;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.testing.compile.Compilation;
import com.google.testing.compile.JavaFileObjects;
import dev.tilesmith.processor.operation.matmul.MatMulOperation;
import dev.tilesmith.processor.operation.scaling.ScalingOperation;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import javax.tools.JavaFileObject;
import org.junit.jupiter.api.Test;

/** An operation is a package and a line: what it needs, it has from what all share, and the first one does not notice. */
final class SecondOperationTest {
    private static final String LINEAR =
            "@MatMul(lhs = F32, rhs = F32, dst = F32, targets = SCALAR) interface Linear extends MatMulKernel {}";

    private static Compilation compile(JavaFileObject... files) {
        return javac().withProcessors(new TilesmithProcessor(List.of(new MatMulOperation(), new ScalingOperation())))
                .withOptions("--add-modules=jdk.incubator.vector")
                .compile(files);
    }

    private static JavaFileObject triple(String body) {
        return JavaFileObjects.forSourceString(
                "example.Triple",
                "package example;\nimport dev.tilesmith.processor.operation.scaling.*;\n" + body + "\n");
    }

    private static List<String> told(Compilation compilation) {
        return compilation.errors().stream()
                .map(error -> error.getLineNumber() + ": " + error.getMessage(Locale.ROOT))
                .toList();
    }

    @Test
    void isGeneratedBesideTheFirst() {
        final Compilation compilation = compile(
                MarkedSource.file("Linear", LINEAR),
                triple("@Scaling(by = 3) interface Triple extends ScalingKernel {}"));
        assertThat(compilation).succeeded();
        assertEquals(
                Set.of("LinearKernels.java", "Linear_Scalar.java", "TripleKernels.java"),
                compilation.generatedSourceFiles().stream()
                        .map(file -> file.getName().replaceFirst(".*/", ""))
                        .collect(Collectors.toSet()));
        assertThat(compilation)
                .generatedSourceFile("example.TripleKernels")
                .contentsAsUtf8String()
                .contains("class TripleKernels extends DrivenScaling implements Triple");
    }

    @Test
    void rulesOfItsOwnPointAtItsOwnAnnotation() {
        assertEquals(
                List.of("4: [TS501] by = 0, by which Triple would give zeros; drop it"),
                told(compile(triple("@Scaling(\nby = 0) interface Triple extends ScalingKernel {}"))));
    }

    @Test
    void rulesOfEveryInterfaceAreInItsWords() {
        assertEquals(
                List.of("3: [TS101] @Scaling is on the class Triple; declare a kernel as: interface Triple extends"
                        + " ScalingKernel {}"),
                told(compile(triple("@Scaling(by = 3) class Triple {}"))));
        assertEquals(
                List.of("3: [TS102] Triple does not extend ScalingKernel; declare it as: interface Triple extends"
                        + " ScalingKernel {}"),
                told(compile(triple("@Scaling(by = 3) interface Triple {}"))));
        assertEquals(
                List.of("4: [TS104] Triple declares the abstract method more(), which no generated class would"
                        + " implement; make it default or static, or drop it"),
                told(compile(triple("@Scaling(by = 3) interface Triple extends ScalingKernel {\nint more(); }"))));
    }

    @Test
    void companionsOfTheFirstAreStillItsOwn() {
        assertEquals(
                List.of(MarkedSource.FIRST_LINE
                        + ": [TS110] @Tiles is on example.Triple, which has no @MatMul for it to plan"),
                told(compile(MarkedSource.file(
                        "Triple",
                        "@Tiles(target = SCALAR) @dev.tilesmith.processor.operation.scaling.Scaling(by"
                                + " = 3) interface Triple extends"
                                + " dev.tilesmith.processor.operation.scaling.ScalingKernel {}"))));
    }

    @Test
    void aFaultOfOneIsNoneOfTheOther() {
        assertEquals(
                List.of("3: [TS501] by = 0, by which Triple would give zeros; drop it"),
                told(compile(
                        MarkedSource.file("Linear", LINEAR),
                        triple("@Scaling(by = 0) interface Triple extends ScalingKernel {}"))));
        assertEquals(
                List.of(MarkedSource.FIRST_LINE
                        + ": [TS102] Linear does not extend MatMulKernel; declare it as: interface Linear extends"
                        + " MatMulKernel {}"),
                told(compile(
                        MarkedSource.file("Linear", LINEAR.replace(" extends MatMulKernel", "")),
                        triple("@Scaling(by = 3) interface Triple extends ScalingKernel {}"))));
    }
}
