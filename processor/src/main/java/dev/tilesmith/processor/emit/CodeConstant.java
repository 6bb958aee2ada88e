package dev.tilesmith.processor.emit;

import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.FieldSpec;
import com.palantir.javapoet.TypeSpec;
import dev.tilesmith.kernel.drive.PlacedCode;
import java.util.List;
import javax.lang.model.element.Modifier;

/**
 * A constant of a generated class that holds machine code, packed as {@link PlacedCode} has it, with the listing as a comment
 * before it.
 */
public final class CodeConstant {
    /** Characters of a line. */
    private static final int LINE = 108;

    private final String name;
    private final String what;
    private final CodeText code;

    /**
     * A constant of {@code code}.
     *
     * @param what the code is, as a comment has it
     */
    public CodeConstant(String name, String what, CodeText code) {
        this.name = name;
        this.what = what;
        this.code = code;
    }

    /** Adds the constant. */
    public void addTo(TypeSpec.Builder type) {
        final CodeBlock.Builder value = CodeBlock.builder().add("new $T(\n/*\n$L*/", PlacedCode.class, code.listing());
        final List<String> parts = code.parts();
        for (int i = 0; i < parts.size(); i++) {
            value.add("$L\n$L", i == 0 ? "" : ",", textBlock(parts.get(i)));
        }
        type.addField(FieldSpec.builder(PlacedCode.class, name, Modifier.STATIC, Modifier.FINAL)
                .addJavadoc("$L.\n", what)
                .initializer(value.add(")").build())
                .build());
    }

    /** Lines that the compiler joins to one. */
    private static String textBlock(String text) {
        final StringBuilder block = new StringBuilder("\"\"\"\n");
        for (int from = 0; from < text.length(); from += LINE) {
            final int end = Math.min(text.length(), from + LINE);
            block.append(text, from, end).append(end == text.length() ? "\"\"\"" : "\\\n");
        }
        return block.toString();
    }
}
