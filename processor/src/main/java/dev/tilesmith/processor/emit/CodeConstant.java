package dev.tilesmith.processor.emit;

import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.FieldSpec;
import com.palantir.javapoet.TypeSpec;
import dev.tilesmith.kernel.drive.PlacedCode;
import dev.tilesmith.processor.asm.MachineCode;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.zip.Deflater;
import javax.lang.model.element.Modifier;

/**
 * A constant of a generated class that holds machine code, packed as {@link PlacedCode} has it, with the listing as a comment
 * before it.
 */
public final class CodeConstant {
    /** Characters of one constant: a class file takes 65,535. */
    private static final int PART = 60_000;

    /** Characters of a line. */
    private static final int LINE = 108;

    private final String name;
    private final String what;
    private final MachineCode code;
    private final Detail detail;

    /**
     * A constant of {@code code}.
     *
     * @param what the code is, as a comment has it
     */
    public CodeConstant(String name, String what, MachineCode code, Detail detail) {
        this.name = name;
        this.what = what;
        this.code = code;
        this.detail = detail;
    }

    /** Adds the constant. */
    public void addTo(TypeSpec.Builder type) {
        final CodeBlock.Builder value = CodeBlock.builder().add("new $T(\n/*\n$L*/", PlacedCode.class, listing());
        final List<String> parts = parts(Base64.getEncoder().encodeToString(deflated()));
        for (int i = 0; i < parts.size(); i++) {
            value.add("$L\n$L", i == 0 ? "" : ",", textBlock(parts.get(i)));
        }
        type.addField(FieldSpec.builder(PlacedCode.class, name, Modifier.STATIC, Modifier.FINAL)
                .addJavadoc("$L.\n", what)
                .initializer(value.add(")").build())
                .build());
    }

    private String listing() {
        return switch (detail) {
            case FULL -> code.listing();
            case SHORT -> code.shortListing();
        };
    }

    private byte[] deflated() {
        try (Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION, true)) {
            deflater.setInput(code.bytes());
            deflater.finish();
            final ByteArrayOutputStream out = new ByteArrayOutputStream(code.size());
            final byte[] buffer = new byte[1 << 14];
            while (!deflater.finished()) {
                out.write(buffer, 0, deflater.deflate(buffer));
            }
            return out.toByteArray();
        }
    }

    private static List<String> parts(String text) {
        final List<String> parts = new ArrayList<>();
        for (int from = 0; from < text.length(); from += PART) {
            parts.add(text.substring(from, Math.min(text.length(), from + PART)));
        }
        return parts;
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
