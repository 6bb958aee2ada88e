package dev.tilesmith.processor.emit;

import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.FieldSpec;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.TypeSpec;
import dev.tilesmith.kernel.drive.PlacedCode;
import dev.tilesmith.processor.asm.MachineCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import javax.lang.model.element.Modifier;

/** A constant of a generated class that holds machine code, each instruction beside its text. */
final class CodeConstant {
    /** Lines of the listing in one string: far from the size that a class file allows. */
    private static final int LINES_PER_STRING = 400;

    private final String name;
    private final String what;
    private final List<List<MachineCode.Line>> parts;

    /**
     * A constant of {@code code}.
     *
     * @param what the code is, as a comment has it
     */
    CodeConstant(String name, String what, MachineCode code) {
        this.name = name;
        this.what = what;
        this.parts = parts(code);
    }

    /** Adds the constant, and the methods that give its parts. */
    void addTo(TypeSpec.Builder type) {
        type.addField(FieldSpec.builder(PlacedCode.class, name, Modifier.STATIC, Modifier.FINAL)
                .addJavadoc("$L.\n", what)
                .initializer(
                        "new $T($>$>\n$L$<$<)",
                        PlacedCode.class,
                        IntStream.range(0, parts.size())
                                .mapToObj(i -> CodeBlock.of("$L()", partName(i)))
                                .collect(CodeBlock.joining(",$W")))
                .build());
        for (int i = 0; i < parts.size(); i++) {
            type.addMethod(part(i));
        }
    }

    private String partName(int index) {
        return name.toLowerCase(Locale.ROOT) + index;
    }

    private static List<List<MachineCode.Line>> parts(MachineCode code) {
        final List<List<MachineCode.Line>> parts = new ArrayList<>();
        for (int from = 0; from < code.lines().size(); from += LINES_PER_STRING) {
            parts.add(code.lines().subList(from, Math.min(code.lines().size(), from + LINES_PER_STRING)));
        }
        return parts;
    }

    private MethodSpec part(int index) {
        final CodeBlock.Builder code = CodeBlock.builder().add("return \"\"$>$>");
        for (final MachineCode.Line line : parts.get(index)) {
            if (line.hex().isEmpty()) {
                code.add("\n// $L", line.text());
            } else {
                code.add("\n+ $S // $L", line.hex(), line.text());
            }
        }
        return MethodSpec.methodBuilder(partName(index))
                .addJavadoc("""
                    Part $L of $L of {@link #$L}.

                    @return its bytes in hexadecimal
                    """, index + 1, parts.size(), name)
                .addModifiers(Modifier.PRIVATE, Modifier.STATIC)
                .returns(String.class)
                .addCode(code.add("\n;$<$<\n").build())
                .build();
    }
}
