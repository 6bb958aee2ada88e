package dev.tilesmith.sweep;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A sweep in a JVM of its own that is told to end, and the same command again. */
final class InterruptedSweepTest {
    @TempDir
    private Path folder;

    private Process start() throws IOException {
        final List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--add-modules=jdk.incubator.vector",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                "dev.tilesmith.sweep.F32Swept"));
        command.addAll(List.of("--shapes", "1x64x64,2x64x64", "--knob", "none", "--quick", "--budget", "60s"));
        command.addAll(List.of("--out", folder.resolve("out").toString()));
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile())
                .start();
    }

    private String log() throws IOException {
        return Files.readString(folder.resolve("log"));
    }

    /** Lines that a sweep has written as a whole. */
    private List<String> journal() throws IOException {
        final Path file = folder.resolve("out/sweep.jsonl");
        final String text = Files.exists(file) ? Files.readString(file) : "";
        return text.substring(0, text.lastIndexOf('\n') + 1).lines().toList();
    }

    private static Predicate<String> isOf(String shape) {
        return line -> line.contains("\"measured\":\"" + shape + "\"");
    }

    private boolean isMeasured(String shape) throws IOException {
        return journal().stream().anyMatch(isOf(shape));
    }

    @Test
    @Timeout(120)
    void goesOnWhereItWas() throws IOException, InterruptedException {
        final Process first = start();
        while (!isMeasured("1x64x64")) {
            assertTrue(first.isAlive(), log());
            Thread.sleep(20);
        }
        first.destroy();
        assertNotEquals(0, first.waitFor(), log());
        final List<String> known = journal();
        assertFalse(isMeasured("2x64x64"), known::toString);
        assertFalse(Files.exists(folder.resolve("out/sweep.json")));

        final Process again = start();
        assertTrue(again.waitFor(90, TimeUnit.SECONDS), log());
        assertEquals(0, again.exitValue(), log());
        assertTrue(log().contains("goes on after"), log());
        assertEquals(known, journal().subList(0, known.size()));
        assertEquals(1, journal().stream().filter(isOf("1x64x64")).count());
        assertEquals(
                2,
                JsonParser.parseString(Files.readString(folder.resolve("out/sweep.json")))
                        .getAsJsonObject()
                        .getAsJsonArray("shapes")
                        .size());
    }
}
