package dev.tilesmith.processor.product.emit;

import static com.google.testing.compile.Compiler.javac;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.testing.compile.Compilation;
import com.google.testing.compile.JavaFileObjects;
import dev.tilesmith.processor.TilesmithProcessor;
import java.io.IOException;
import java.io.InputStream;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.MethodModel;
import java.lang.classfile.attribute.CodeAttribute;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.tools.JavaFileObject;
import org.junit.jupiter.api.Test;

/** What javac writes: the same bytes for the same declaration, and methods that the JIT compiles. */
final class GeneratedSourcesTest {
    /** HotSpot compiles no method of more bytes of bytecode (flag HugeMethodLimit). */
    private static final int HUGE_METHOD = 8000;

    private static final String HEAD = """
        package p;
        import dev.tilesmith.runtime.MatMulKernel;
        import dev.tilesmith.spec.*;
        """;

    private static Compilation compile(String... interfaces) {
        final List<JavaFileObject> sources = new ArrayList<>();
        for (int i = 0; i < interfaces.length; i++) {
            sources.add(
                    JavaFileObjects.forSourceString("p.Source" + i, HEAD + interfaces[i] + "class Source" + i + " {}"));
        }
        final Compilation compilation = javac().withProcessors(new TilesmithProcessor())
                .withOptions("--add-modules=jdk.incubator.vector")
                .compile(sources);
        assertTrue(compilation.errors().isEmpty(), () -> compilation.errors().toString());
        return compilation;
    }

    private static Map<String, String> sources(Compilation compilation) throws IOException {
        final Map<String, String> texts = new TreeMap<>();
        for (final JavaFileObject file : compilation.generatedSourceFiles()) {
            texts.put(file.getName(), file.getCharContent(true).toString());
        }
        assertFalse(texts.isEmpty(), "nothing was generated");
        return texts;
    }

    @Test
    void theOrderOfInputsDoesNotShowInTheOutput() throws IOException {
        final String one =
                "@MatMul(lhs = Format.F32, rhs = Format.F32, dst = Format.F32) interface One extends MatMulKernel {}\n";
        final String two = """
            @MatMul(lhs = Format.F32, rhs = Format.F32, dst = Format.F32, targets = {Target.AVX2, Target.VECTOR_512})
            @Tiles(target = Target.AVX2, mr = {1, 4}, nr = 16)
            @Tiles(target = Target.VECTOR_512, mr = {8, 2})
            interface Two extends MatMulKernel {}
            """;
        final String permuted = """
            @Tiles(mr = {2, 8}, target = Target.VECTOR_512)
            @Tiles(nr = 16, target = Target.AVX2, mr = {4, 1})
            @MatMul(targets = {Target.VECTOR_512, Target.AVX2}, dst = Format.F32, lhs = Format.F32, rhs = Format.F32)
            interface Two extends MatMulKernel {}
            """;
        final Map<String, String> expected = sources(compile(one, two));
        assertEquals(expected, sources(compile(one, two)));
        assertEquals(expected, sources(compile(permuted, one)));
    }

    @Test
    void noMethodIsTooLargeForTheJit() throws IOException {
        final Compilation compilation = compile("""
            @MatMul(lhs = Format.F32, rhs = Format.F32, dst = Format.F32)
            @Tiles(target = Target.VECTOR_512, nr = 48)
            interface Wide extends MatMulKernel {}
            @MatMul(lhs = Format.F32, rhs = Format.F32, dst = Format.F32)
            interface Plain extends MatMulKernel {}
            """);
        int methods = 0;
        for (final JavaFileObject file : compilation.generatedFiles()) {
            if (file.getKind() == JavaFileObject.Kind.CLASS) {
                try (InputStream bytes = file.openInputStream()) {
                    final ClassModel type = ClassFile.of().parse(bytes.readAllBytes());
                    for (final MethodModel method : type.methods()) {
                        methods++;
                        final int length = method.findAttribute(java.lang.classfile.Attributes.code())
                                .map(CodeAttribute::codeLength)
                                .orElse(0);
                        assertTrue(
                                length < HUGE_METHOD,
                                () -> type.thisClass().asInternalName() + "." + method.methodName() + ": " + length);
                    }
                }
            }
        }
        assertTrue(methods > 50, "methods were found");
    }

    @Test
    void nothingOfTheMachineOrTheDayIsInTheOutput() throws IOException {
        final Map<String, String> texts =
                sources(compile("@MatMul(lhs = Format.F32, rhs = Format.F32, dst = Format.F32) interface One extends"
                        + " MatMulKernel {}\n"));
        for (final String word : Arrays.asList(System.getProperty("user.dir"), "date =", "comments =")) {
            assertTrue(texts.values().stream().noneMatch(text -> text.contains(word)), word);
        }
    }
}
