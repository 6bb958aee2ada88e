package dev.tilesmith.processor;

import static com.google.testing.compile.Compiler.javac;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.testing.compile.Compilation;
import dev.tilesmith.processor.operation.conv.Conv2dOperation;
import dev.tilesmith.processor.product.model.Declaration;
import dev.tilesmith.processor.product.model.Formats;
import dev.tilesmith.processor.product.model.TileRequest;
import dev.tilesmith.processor.product.recipe.Recipes;
import dev.tilesmith.spec.Activation;
import dev.tilesmith.spec.Target;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import javax.tools.JavaFileObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A convolution is declared as a product is, and has the same code. */
final class ConvolutionTest {
    /** The annotation, whose values follow. */
    private static final String CONV = "@dev.tilesmith.spec.Conv2d";

    private static final String KERNEL = " extends dev.tilesmith.runtime.Conv2dKernel";
    private static final String F32 = "(lhs = F32, rhs = F32, dst = F32, targets = {AVX2, NEON_DOTPROD})";

    private static Compilation compile(TilesmithProcessor processor, JavaFileObject... files) {
        return javac().withProcessors(processor)
                .withOptions("--add-modules=jdk.incubator.vector")
                .compile(files);
    }

    private static List<String> errors(Compilation compilation) {
        return compilation.errors().stream()
                .map(error -> error.getMessage(Locale.ROOT))
                .toList();
    }

    private static Map<String, String> sources(String... bodies) throws IOException {
        final List<JavaFileObject> files = new ArrayList<>();
        for (final String body : bodies) {
            files.add(MarkedSource.file("Source" + files.size(), body + " class Source" + files.size() + " {}"));
        }
        final Compilation compilation = compile(new TilesmithProcessor(), files.toArray(JavaFileObject[]::new));
        assertEquals(List.of(), errors(compilation));
        final Map<String, String> sources = new TreeMap<>();
        for (final JavaFileObject file : compilation.generatedSourceFiles()) {
            sources.put(
                    file.getName().replaceFirst(".*/", ""),
                    file.getCharContent(true).toString());
        }
        assertTrue(sources.size() > 1, sources.keySet()::toString);
        return sources;
    }

    /** Names have as many letters, by which lines are broken. */
    @Test
    void theCodeIsThatOfAProduct() throws IOException {
        final Map<String, String> ofProduct = sources("@MatMul" + F32 + "interface Linear extends MatMulKernel {}");
        final Map<String, String> expected = new TreeMap<>();
        ofProduct.forEach((name, text) -> expected.put(
                name.replace("Linear", "Filter"),
                text.replace("Linear", "Filter").replace("DrivenKernel", "DrivenConv2d")));
        assertEquals(expected, sources(CONV + F32 + "interface Filter" + KERNEL + " {}"));
    }

    @Test
    void everyCombinationOfFormatsConvolves() throws IOException {
        final List<String> bodies = new ArrayList<>();
        for (final Formats formats : Recipes.formats()) {
            bodies.add(CONV
                    + "(lhs = %s, rhs = %s, dst = %s, targets = SCALAR) interface Conv%d"
                            .formatted(formats.lhs(), formats.rhs(), formats.dst(), bodies.size())
                    + KERNEL + " {}");
        }
        final Map<String, String> sources = sources(bodies.toArray(String[]::new));
        for (int i = 0; i < bodies.size(); i++) {
            final String facade = sources.get("Conv" + i + "Kernels.java");
            assertTrue(facade.contains("extends DrivenConv2d"), facade);
            assertTrue(facade.contains(Recipes.formats().get(i).toString().replace(">", "&gt;")), facade);
        }
    }

    @Test
    void everyAttributeIsReadAndTilesToo() {
        final RecordingOperation operation = new RecordingOperation(new Conv2dOperation());
        final Compilation compilation = compile(
                new TilesmithProcessor(List.of(operation)), MarkedSource.file("Filter", CONV + """
                    (lhs = QAI8DX, rhs = QSI4C32, dst = F32, scales = F32, bias = false, activation = Activation.SILU,
                        clamp = false, targets = {VECTOR_512, AVX2})
                    @Tiles(target = AVX2, mr = {4, 2}, nr = 8)
                    interface Filter""" + KERNEL + " {}"));
        assertEquals(List.of(), errors(compilation));
        final Declaration declaration = operation.declarations().getFirst();
        assertEquals("QAI8DX x QSI4C32 -> F32", declaration.formats().toString());
        assertEquals("Optional[F32]", declaration.scales().toString());
        assertEquals(Activation.SILU, declaration.activation());
        assertEquals(List.of(false, false), List.of(declaration.bias(), declaration.clamp()));
        assertEquals(List.of(Target.VECTOR_512, Target.AVX2), declaration.targets());
        assertEquals(List.of(new TileRequest(Target.AVX2, List.of(4, 2), 8)), declaration.tiles());
        assertEquals("Conv2d", declaration.kernel().annotationName());
    }

    @Test
    void whatIsAstrayIsToldOnceAndOfBoth() {
        assertEquals(
                List.of(
                        "[TS110] @Tiles is on example.Filter, which has no @MatMul or @Conv2d or @BatchMatMul for it to plan"),
                errors(compile(
                        new TilesmithProcessor(),
                        MarkedSource.file("Filter", "@Tiles(target = AVX2) interface Filter" + KERNEL + " {}"))));
    }

    @Test
    void sweepsAreOfProducts() {
        assertEquals(
                List.of("[TS114] @Sweep is on example.Filter, which has no @MatMul whose tiles it could be of"),
                errors(compile(
                        new TilesmithProcessor(),
                        MarkedSource.file(
                                "Filter", CONV + F32 + "@Sweep(unroll = 9) interface Filter" + KERNEL + " {}"))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"MatMulKernel", "dev.tilesmith.runtime.Conv2dKernel"})
    void aDeclarationOfBothIsRefused(String kernel) {
        final String other = kernel.equals("MatMulKernel") ? "Conv2dKernel" : "MatMulKernel";
        assertEquals(
                "[TS102] Both does not extend %s; declare it as: interface Both extends %s {}".formatted(other, other),
                errors(compile(
                                new TilesmithProcessor(),
                                MarkedSource.file(
                                        "Both",
                                        "@MatMul" + F32 + CONV + F32 + "interface Both extends " + kernel + " {}")))
                        .getFirst());
    }

    @Test
    void aProductOfTheSameNameIsTold() {
        final List<String> errors = errors(compile(
                new TilesmithProcessor(),
                MarkedSource.file("Outer", "interface Outer { " + CONV + F32 + "interface Inner" + KERNEL + " {} }"),
                MarkedSource.file("Outer_Inner", "@MatMul" + F32 + "interface Outer_Inner extends MatMulKernel {}")));
        assertEquals(1, errors.size(), errors::toString);
        assertEquals(
                "[TS109] example.Outer_InnerKernels is to be generated for example.Outer.Inner, and is already there;"
                        + " rename the one or the other",
                errors.getFirst());
    }
}
