package dev.tilesmith.sweep.fit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tilesmith.sweep.report.MadeUp;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

final class FitCommandTest {
    private final StringWriter told = new StringWriter();
    private final StringWriter errors = new StringWriter();

    private int run(Path... files) {
        final String[] words = new String[files.length];
        for (int i = 0; i < words.length; i++) {
            words[i] = files[i].toString();
        }
        return new CommandLine(new FitCommand())
                .setOut(new PrintWriter(told))
                .setErr(new PrintWriter(errors))
                .execute(words);
    }

    @Test
    void aSweepIsFitted(@TempDir Path folder) throws IOException {
        final Path sweep = Files.writeString(folder.resolve("sweep.json"), MadeUp.sweepText());
        assertEquals(0, run(sweep), errors::toString);
        assertTrue(told.toString().contains(" with those fitted\n"), told::toString);
        assertTrue(told.toString().contains("  weight   known"), told::toString);
    }

    @Test
    void whatIsNoSweepIsNamed(@TempDir Path folder) throws IOException {
        final Path file = Files.writeString(folder.resolve("other.json"), "{}");
        assertEquals(2, run(file));
        assertTrue(errors.toString().startsWith(file.toString()), errors::toString);
        assertEquals(2, run(folder.resolve("missing.json")));
    }
}
