package dev.tilesmith.sweep.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

final class ReportCommandTest {
    @TempDir
    private Path folder;

    private final StringWriter errors = new StringWriter();
    private Path sweep;

    @BeforeEach
    void writeSweep() throws IOException {
        sweep = Files.writeString(folder.resolve("sweep.json"), MadeUp.sweepText());
    }

    private int run(Object... arguments) {
        final String[] words = new String[arguments.length];
        for (int i = 0; i < words.length; i++) {
            words[i] = arguments[i].toString();
        }
        return new CommandLine(new ReportCommand())
                .setOut(new PrintWriter(new StringWriter()))
                .setErr(new PrintWriter(errors))
                .execute(words);
    }

    @Test
    void theReportIsWrittenBesideTheSweep() throws IOException {
        assertEquals(0, run(sweep));
        assertEquals(Report.of(MadeUp.sweep(), Optional.empty()), Files.readString(folder.resolve("report.html")));
    }

    @Test
    void theReportAndThePictureAreWrittenWhereAsked() throws IOException {
        assertEquals(0, run(sweep, "--out", folder.resolve("a.html"), "--picture", folder.resolve("a.svg")));
        assertTrue(Files.exists(folder.resolve("a.html")));
        assertEquals(Report.picture(MadeUp.sweep()), Files.readString(folder.resolve("a.svg")));
        assertFalse(Files.exists(folder.resolve("report.html")));
    }

    @Test
    void theSameIsWrittenAtTheEndOfASweep() throws IOException {
        assertEquals(folder.resolve("report.html"), ReportCommand.beside(sweep));
        final String text = Files.readString(folder.resolve("report.html"));
        assertEquals(0, run(sweep));
        assertEquals(text, Files.readString(folder.resolve("report.html")));
    }

    @Test
    void filesThatAreNotThereAreNamed() {
        assertEquals(2, run(folder.resolve("none.json")));
        assertTrue(errors.toString().startsWith(folder.resolve("none.json") + " cannot be read"), errors::toString);
    }

    @Test
    void filesThatAreNoPeersAreNamed() {
        assertEquals(2, run(sweep, "--peers", sweep));
        assertTrue(errors.toString().startsWith(sweep + ": peers is"), errors::toString);
        assertTrue(errors.toString().contains("expected an array"), errors::toString);
    }
}
