package dev.tilesmith.processor;

import static com.google.testing.compile.Compiler.javac;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.testing.compile.Compilation;
import dev.tilesmith.processor.operation.batch.BatchMatMulOperation;
import dev.tilesmith.processor.product.model.Declaration;
import dev.tilesmith.processor.product.model.Formats;
import dev.tilesmith.processor.product.model.TileRequest;
import dev.tilesmith.processor.product.recipe.Recipe;
import dev.tilesmith.processor.product.recipe.Recipes;
import dev.tilesmith.spec.Activation;
import dev.tilesmith.spec.Target;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import javax.tools.JavaFileObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Products in pairs are declared as products are, but for weights that are known beforehand, and have the same code. */
final class BatchTest {
    private static final String BATCH = "@dev.tilesmith.spec.BatchMatMul";
    private static final String KERNEL = " extends dev.tilesmith.runtime.BatchMatMulKernel {}";

    static Stream<Formats> inPairs() {
        return Recipes.all().stream().filter(Recipe::isOfBareOperands).map(Recipe::formats);
    }

    static Stream<Formats> beforehand() {
        return Recipes.all().stream()
                .filter(recipe -> !recipe.isOfBareOperands())
                .map(Recipe::formats);
    }

    private static Compilation compile(TilesmithProcessor processor, String body) {
        return javac().withProcessors(processor)
                .withOptions("--add-modules=jdk.incubator.vector")
                .compile(MarkedSource.file("Scores", body));
    }

    private static List<String> errors(Compilation compilation) {
        return compilation.errors().stream()
                .map(error -> error.getMessage(Locale.ROOT))
                .toList();
    }

    private static Map<String, String> sources(String body) throws IOException {
        final Compilation compilation = compile(new TilesmithProcessor(), body);
        assertEquals(List.of(), errors(compilation));
        final Map<String, String> sources = new TreeMap<>();
        for (final JavaFileObject file : compilation.generatedSourceFiles()) {
            sources.put(file.getName(), file.getCharContent(true).toString());
        }
        assertTrue(sources.size() > 1, sources.keySet()::toString);
        return sources;
    }

    private static String formats(Formats formats, String rest) {
        return "(lhs = %s, rhs = %s, dst = %s%s)".formatted(formats.lhs(), formats.rhs(), formats.dst(), rest);
    }

    /** Of a product without a bias. */
    @ParameterizedTest
    @MethodSource("inPairs")
    void theCodeIsThatOfAProduct(Formats formats) throws IOException {
        final Map<String, String> expected = new TreeMap<>();
        sources("@MatMul" + formats(formats, ", bias = false, targets = {AVX2, NEON_DOTPROD}")
                        + "interface Scores extends MatMulKernel {}")
                .forEach((name, text) -> expected.put(name, text.replace("DrivenKernel", "DrivenBatchMatMul")));
        assertEquals(
                expected,
                sources(BATCH + formats(formats, ", targets = {AVX2, NEON_DOTPROD}") + "interface Scores" + KERNEL));
    }

    @ParameterizedTest
    @MethodSource("beforehand")
    void whatIsKnownBeforehandIsRefused(Formats formats) {
        final List<String> errors =
                errors(compile(new TilesmithProcessor(), BATCH + formats(formats, "") + "interface Scores" + KERNEL));
        assertEquals(1, errors.size(), errors::toString);
        assertTrue(errors.getFirst().startsWith("[TS601] " + formats + ": what "), errors::toString);
        assertTrue(errors.getFirst().endsWith("There are: " + inPairs().toList()), errors::toString);
    }

    @Test
    void everyAttributeIsReadAndTilesToo() {
        final RecordingOperation operation = new RecordingOperation(new BatchMatMulOperation());
        final Compilation compilation = compile(new TilesmithProcessor(List.of(operation)), BATCH + """
                (lhs = QAI8DX, rhs = QSI8CX, dst = F32, activation = Activation.SILU, clamp = false,
                    targets = {VECTOR_512, AVX2})
                @Tiles(target = AVX2, mr = {4, 2}, nr = 8)
                interface Scores""" + KERNEL);
        assertEquals(List.of(), errors(compilation));
        final Declaration declaration = operation.declarations().getFirst();
        assertEquals("QAI8DX x QSI8CX -> F32", declaration.formats().toString());
        assertEquals(Activation.SILU, declaration.activation());
        assertEquals(List.of(false, false), List.of(declaration.bias(), declaration.clamp()));
        assertEquals(List.of(Target.VECTOR_512, Target.AVX2), declaration.targets());
        assertEquals(List.of(new TileRequest(Target.AVX2, List.of(4, 2), 8)), declaration.tiles());
    }
}
