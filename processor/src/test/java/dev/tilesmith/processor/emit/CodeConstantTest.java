package dev.tilesmith.processor.emit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.palantir.javapoet.TypeSpec;
import dev.tilesmith.kernel.drive.PlacedCode;
import dev.tilesmith.processor.asm.MachineCode;
import dev.tilesmith.processor.asm.x86.Assembler;
import dev.tilesmith.processor.asm.x86.Label;
import dev.tilesmith.processor.asm.x86.Mode;
import dev.tilesmith.processor.asm.x86.Op;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

final class CodeConstantTest {
    private static final Pattern TEXT_BLOCK = Pattern.compile("(?s)\"\"\"\n(.*?)\"\"\"");

    /** The most that one constant of a class file may have. */
    private static final int LONGEST = 65_535;

    private static MachineCode code(int constants) {
        final byte[] bytes = new byte[constants];
        new Random(1).nextBytes(bytes); // They do not become fewer.
        final Assembler asm = new Assembler(Mode.VEX);
        asm.constant(bytes, 1);
        asm.nolist().bind(new Label("low")).emit(Op.RET);
        return asm.list().assemble();
    }

    private static String source(MachineCode code, Detail detail) {
        final TypeSpec.Builder type = TypeSpec.classBuilder("Code");
        new CodeConstant("CODE", "Code", CodeText.of(code, detail)).addTo(type);
        return type.build().toString();
    }

    private static String[] parts(String source) {
        return TEXT_BLOCK
                .matcher(source)
                .results()
                .map(block -> block.group(1).replaceAll("\\\\?\\n *|^ +", ""))
                .toArray(String[]::new);
    }

    @Test
    void holdsTheCode() {
        for (final int size : new int[] {1, 100, 44_900, 45_000, 45_100, 150_000}) {
            final MachineCode code = code(size);
            final String[] parts = parts(source(code, Detail.SHORT));
            assertArrayEquals(code.bytes(), new PlacedCode(parts).bytes());
            for (final String part : parts) {
                assertTrue(part.length() <= LONGEST, () -> part.length() + " characters");
            }
        }
    }

    @Test
    void listsAsMuchAsIsAskedFor() {
        assertTrue(source(code(1), Detail.FULL).contains("000000  c3                 ret\n"));
        assertTrue(source(code(1), Detail.SHORT).contains("000000                   .Llow:  # 1 bytes\n"));
        assertEquals(-1, source(code(1), Detail.SHORT).indexOf("ret"));
    }
}
