package dev.tilesmith.code;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The words of the flush routine for 64-bit Arm are those of GNU as. */
@Tag("gnu-as-aarch64")
final class FlushRoutineTest {
    private static final String SOURCE = """
        mrs x2, ctr_el0
        mov w3, 4
        ubfx w4, w2, 16, 4
        lsl w4, w3, w4
        sub x5, x4, 1
        bic x5, x0, x5
        data:
        dc cvau, x5
        add x5, x5, x4
        cmp x5, x1
        b.lo data
        dsb ish
        and w4, w2, 15
        lsl w4, w3, w4
        sub x5, x4, 1
        bic x5, x0, x5
        instruction:
        ic ivau, x5
        add x5, x5, x4
        cmp x5, x1
        b.lo instruction
        dsb ish
        isb
        ret
        """;

    @TempDir
    Path folder;

    @Test
    void isWhatGnuAsMakesOfIt() throws IOException, InterruptedException {
        final Path source = Files.writeString(folder.resolve("code.s"), SOURCE);
        final Path object = folder.resolve("code.o");
        final Path binary = folder.resolve("code.bin");
        run("aarch64-linux-gnu-as", "-o", object.toString(), source.toString());
        run("aarch64-linux-gnu-objcopy", "-O", "binary", "-j", ".text", object.toString(), binary.toString());
        assertEquals(hex(Files.readAllBytes(binary)), hex(InstructionCaches.aarch64Routine()));
    }

    private static String hex(byte[] code) {
        return HexFormat.of().formatHex(code);
    }

    private static void run(String... command) throws IOException, InterruptedException {
        final Process process =
                new ProcessBuilder(command).redirectErrorStream(true).start();
        final String said;
        try (var reader = process.inputReader()) {
            said = reader.readAllAsString();
        }
        assertEquals(0, process.waitFor(), said);
    }
}
