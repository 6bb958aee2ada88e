package dev.tilesmith.processor;

import static com.google.testing.compile.Compiler.javac;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.testing.compile.Compilation;
import dev.tilesmith.processor.operation.depthwise.DepthwiseConv2dOperation;
import dev.tilesmith.processor.product.model.Declaration;
import dev.tilesmith.processor.product.model.Formats;
import dev.tilesmith.processor.product.recipe.Recipes;
import dev.tilesmith.spec.Activation;
import dev.tilesmith.spec.Format;
import dev.tilesmith.spec.Target;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import javax.tools.Diagnostic;
import javax.tools.JavaFileObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A depthwise convolution is declared as a product is, of floats or static int8, and has code of its own. */
final class DepthwiseTest {
    private static final String DEPTHWISE = "@dev.tilesmith.spec.DepthwiseConv2d";
    private static final String KERNEL = "interface Blur extends dev.tilesmith.runtime.DepthwiseConv2dKernel {}";
    private static final String F32 = "(lhs = F32, rhs = F32, dst = F32";
    private static final String LISTED =
            "[F32 x F32 -> F32, F32 x F16 -> F32, F32 x BF16 -> F32, F16 x F16 -> F32, BF16 x BF16 -> F32,"
                    + " F16 x F16 -> F16, BF16 x BF16 -> BF16, QAI8 x QSI8CX -> QAI8]";

    private static final String WITH_CODE = "[AVX512_VNNI, VECTOR_512, VECTOR_256, VECTOR_128, SCALAR]";

    private static Compilation compile(TilesmithProcessor processor, JavaFileObject file) {
        return javac().withProcessors(processor)
                .withOptions("--add-modules=jdk.incubator.vector")
                .compile(file);
    }

    private static Map<String, String> sources(String body) throws IOException {
        final Compilation compilation = compile(new TilesmithProcessor(), MarkedSource.file("Blur", body));
        assertEquals(List.of(), compilation.errors());
        final Map<String, String> sources = new TreeMap<>();
        for (final JavaFileObject file : compilation.generatedSourceFiles()) {
            sources.put(
                    file.getName().replaceFirst(".*/", ""),
                    file.getCharContent(true).toString());
        }
        return sources;
    }

    static Stream<Formats> formats() {
        return Recipes.formats().stream().filter(formats -> LISTED.contains(formats.toString()));
    }

    /** Of int8, and of floats that are neither widened nor rounded. */
    private static boolean hasMachineCode(Formats formats) {
        return formats.lhs() == Format.QAI8 || (formats.rhs() == Format.F32 && formats.dst() == Format.F32);
    }

    @ParameterizedTest
    @MethodSource("formats")
    void everyTargetThatHasCodeHasAFamily(Formats formats) throws IOException {
        final Map<String, String> sources = sources(DEPTHWISE
                + "(lhs = %s, rhs = %s, dst = %s) ".formatted(formats.lhs(), formats.rhs(), formats.dst())
                + KERNEL);
        final Set<String> files = new TreeSet<>(Set.of(
                "BlurKernels.java",
                "Blur_Scalar.java",
                "Blur_Vector128.java",
                "Blur_Vector256.java",
                "Blur_Vector512.java"));
        if (hasMachineCode(formats)) {
            files.add("Blur_Avx512Vnni.java");
        }
        assertEquals(files, sources.keySet());
        final String facade = sources.get("BlurKernels.java");
        assertTrue(facade.contains("extends DrivenDepthwiseConv2d"), facade);
        final String compute = formats.lhs() == Format.QAI8 ? "StaticInt8JavaDepthwise" : "F32JavaDepthwise";
        assertTrue(facade.contains("new %s(new Blur_Scalar(), family, host, tuning)".formatted(compute)), facade);
    }

    /** Filters are loaded before the first pixel; sums begin with +0, and go over the taps in order. */
    @Test
    void tapsAreUnrolled() throws IOException {
        final String scalar =
                sources(DEPTHWISE + F32 + ", targets = SCALAR) " + KERNEL).get("Blur_Scalar.java");
        assertTrue(scalar.indent(-8).contains("""
                final float rhs0_0 = rhs.get(ValueLayout.JAVA_FLOAT_UNALIGNED, rhsOffset);
                final float rhs0_1 = rhs.get(ValueLayout.JAVA_FLOAT_UNALIGNED, rhsOffset + 4);
                final float rhs1_0 = rhs.get(ValueLayout.JAVA_FLOAT_UNALIGNED, rhsOffset + 8);
                final float rhs1_1 = rhs.get(ValueLayout.JAVA_FLOAT_UNALIGNED, rhsOffset + 12);
                final int tap0 = tapAt[0] + offset;
                final int tap1 = tapAt[1] + offset;
                for (int pixel = 0; pixel < pixels; pixel++) {
                    final int pixelAt = pixel * stride;
                    float sum0 = 0f;
                    float sum1 = 0f;
                    final int at0 = tap0 + pixelAt;
                    final float src0_0 = src[at0];
                    sum0 = Math.fma(src0_0, rhs0_0, sum0);
                    final float src0_1 = src[at0 + 1];
                    sum1 = Math.fma(src0_1, rhs0_1, sum1);
                    final int at1 = tap1 + pixelAt;
                    final float src1_0 = src[at1];
                    sum0 = Math.fma(src1_0, rhs1_0, sum0);
                    final float src1_1 = src[at1 + 1];
                    sum1 = Math.fma(src1_1, rhs1_1, sum1);
                    final int sumsAt = pixel * 2;
                    sums[sumsAt] = sum0;
                    sums[sumsAt + 1] = sum1;
                }
                """), scalar);
        assertTrue(scalar.contains("case 9 -> taps9("), scalar);
        assertFalse(scalar.contains("taps10"), scalar);
        assertTrue(scalar.contains("default -> tapsOfAnyNumber("), scalar);
    }

    /** Machine code is two functions, and what runs them. */
    @Test
    void dotProductsAreMachineCode() throws IOException {
        final Map<String, String> sources =
                sources(DEPTHWISE + "(lhs = QAI8, rhs = QSI8CX, dst = QAI8, targets = AVX512_VNNI) " + KERNEL);
        final String facade = sources.get("BlurKernels.java");
        assertTrue(
                facade.contains(
                        "new StaticInt8NativeDepthwise(Blur_Avx512Vnni.CODE.function(), Blur_Avx512Vnni.LINES.function(), family, host, tuning)"),
                facade);
        assertTrue(facade.contains("new PanelLayout(Format.QSI8CX, 64, 4, true, Format.QAI8, 128)"), facade);
        final String code = sources.get("Blur_Avx512Vnni.java");
        assertTrue(code.contains("vpdpbusd zmm0, zmm8, zmmword ptr [rdx]"), code);
        assertTrue(code.contains("vpunpcklbw zmm4, zmm0, zmm1"), code);
    }

    @Test
    void floatsAreMachineCode() throws IOException {
        final Map<String, String> sources = sources(DEPTHWISE + F32 + ", targets = AVX512_VNNI) " + KERNEL);
        final String facade = sources.get("BlurKernels.java");
        assertTrue(
                facade.contains("new F32NativeDepthwise(Blur_Avx512Vnni.CODE.function(), family, host, tuning)"),
                facade);
        final String code = sources.get("Blur_Avx512Vnni.java");
        assertTrue(code.contains("vfmadd231ps zmm0{k2}, zmm7, zmmword ptr [rax]"), code);
        assertTrue(code.contains("vmovups zmm14{k3}{z}, zmmword ptr [rax]"), code);
        assertFalse(code.contains("LINES"), code);
    }

    @Test
    void everyAttributeIsRead() {
        final RecordingOperation operation = new RecordingOperation(new DepthwiseConv2dOperation());
        final Compilation compilation = compile(
                new TilesmithProcessor(List.of(operation)), MarkedSource.file("Blur", DEPTHWISE + """
                    (lhs = F16, rhs = F16, dst = F32, bias = false, activation = Activation.SILU, clamp = false,
                        targets = {VECTOR_512, VECTOR_128})
                    """ + KERNEL));
        assertEquals(List.of(), compilation.errors());
        final Declaration declaration = operation.declarations().getFirst();
        assertEquals("F16 x F16 -> F32", declaration.formats().toString());
        assertEquals(Activation.SILU, declaration.activation());
        assertEquals(List.of(false, false), List.of(declaration.bias(), declaration.clamp()));
        assertEquals(List.of(Target.VECTOR_512, Target.VECTOR_128), declaration.targets());
    }

    static Stream<Arguments> faults() {
        return Stream.of(
                Arguments.of(
                        "[TS701] no depthwise kernel for QAI8 x QSI8CX -> I32; did you mean QAI8 x QSI8CX -> QAI8?"
                                + " There are: " + LISTED,
                        "(lhs = QAI8, rhs = QSI8CX, dst = /*!*/I32) "),
                Arguments.of(
                        "[TS701] no depthwise kernel for QAI8DX x QSI8CX -> F32; did you mean F32 x F32 -> F32?"
                                + " There are: " + LISTED,
                        "(lhs = /*!*/QAI8DX, rhs = QSI8CX, dst = F32) "),
                Arguments.of(
                        "[TS701] no depthwise kernel for F32 x QSI8CX -> F32; did you mean F32 x F32 -> F32?"
                                + " There are: " + LISTED,
                        "(lhs = F32, rhs = /*!*/QSI8CX, dst = F32) "),
                Arguments.of(
                        "[TS701] no depthwise kernel for F16 x F16 -> BF16; did you mean F16 x F16 -> F32?"
                                + " There are: " + LISTED,
                        "(lhs = F16, rhs = F16, dst = /*!*/BF16) "),
                Arguments.of(
                        "[TS702] target AVX2 has no code for depthwise convolutions; targets that have: " + WITH_CODE,
                        F32 + ", targets = {VECTOR_256, /*!*/AVX2}) "),
                Arguments.of(
                        "[TS702] target AVX2 has no code for depthwise convolutions; targets that have: " + WITH_CODE,
                        "(lhs = QAI8, rhs = QSI8CX, dst = QAI8, targets = /*!*/AVX2) "),
                Arguments.of(
                        "[TS702] target SME2 has no code for depthwise convolutions; targets that have: " + WITH_CODE,
                        F32 + ", targets = /*!*/SME2) "),
                Arguments.of(
                        "[TS302] target SCALAR is listed twice; drop one", F32 + ", targets = {SCALAR, /*!*/SCALAR}) "),
                Arguments.of(
                        "[TS203] numerics = FAST changes nothing for F32 x F32 -> F32: every target computes it"
                                + " reproducibly",
                        F32 + ", numerics = Numerics/*!*/.FAST) "),
                Arguments.of(
                        "[TS203] numerics = FAST changes nothing for BF16 x BF16 -> F32: every target computes it"
                                + " reproducibly",
                        "(lhs = BF16, rhs = BF16, dst = F32, numerics = Numerics/*!*/.FAST) "),
                Arguments.of(
                        "[TS110] @Tiles is on example.Blur, which has no @MatMul or @Conv2d or @BatchMatMul for it to"
                                + " plan",
                        F32 + ") @Tiles(target = /*!*/SCALAR) "));
    }

    @ParameterizedTest
    @MethodSource("faults")
    void faultsAreToldWhereTheyAre(String text, String values) {
        final MarkedSource source = MarkedSource.of("Blur", DEPTHWISE + values + KERNEL);
        final List<Diagnostic<? extends JavaFileObject>> ours =
                compile(new TilesmithProcessor(), source.file()).diagnostics().stream()
                        .<Diagnostic<? extends JavaFileObject>>map(diagnostic -> diagnostic)
                        .filter(diagnostic -> diagnostic.getMessage(Locale.ROOT).startsWith("[TS"))
                        .toList();
        assertEquals(1, ours.size(), ours::toString);
        assertEquals(text, ours.getFirst().getMessage(Locale.ROOT));
        assertEquals(
                List.of(source.line(), source.column()),
                List.of(ours.getFirst().getLineNumber(), ours.getFirst().getColumnNumber()));
    }
}
