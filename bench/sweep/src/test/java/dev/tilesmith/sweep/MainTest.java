package dev.tilesmith.sweep;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.tilesmith.spec.Variant;
import dev.tilesmith.sweep.report.MadeUp;
import dev.tilesmith.tune.ShapeClass;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

final class MainTest {
    private static final String SWEPT = "dev.tilesmith.sweep.F32Swept";

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @TempDir
    private Path folder;

    private int run(List<Path> classPath, String... args) {
        return new Main(
                        new PrintStream(out, true, StandardCharsets.UTF_8),
                        new PrintStream(err, true, StandardCharsets.UTF_8),
                        classPath)
                .execute(args);
    }

    private String printed() {
        return out.toString(StandardCharsets.UTF_8);
    }

    private String complained() {
        return err.toString(StandardCharsets.UTF_8);
    }

    static Stream<Arguments> wrong() {
        return Stream.of(
                Arguments.of("declaration: none named", new String[] {}),
                Arguments.of("'example.Absent' is not on the class path", new String[] {"example.Absent"}),
                Arguments.of("java.lang.RunnableKernels is not on the class path", new String[] {"java.lang.Runnable"}),
                Arguments.of("shape: '8x8'", new String[] {SWEPT, "--shapes", "8x8"}),
                Arguments.of("'10' is no time", new String[] {SWEPT, "--budget", "10"}),
                Arguments.of("'0m' is no time", new String[] {SWEPT, "--budget", "0m"}),
                Arguments.of("threads: 0", new String[] {SWEPT, "--threads", "0"}),
                Arguments.of("fetch-nearer", new String[] {SWEPT, "--knob", "fetch-nearer"}),
                Arguments.of("--bugdet", new String[] {SWEPT, "--bugdet", "1m"}));
    }

    @ParameterizedTest
    @MethodSource("wrong")
    void whatIsWrongIsNamed(String expected, String[] args) {
        assertEquals(2, run(List.of(), args), complained());
        assertTrue(complained().contains(expected), complained());
    }

    /** A report is written of a sweep that was made before, and what is no sweep is named. */
    @Test
    void reportsAreWritten() throws IOException {
        final Path sweep = Files.writeString(folder.resolve("sweep.json"), MadeUp.sweepText());
        assertEquals(0, run(List.of(), "report", sweep.toString()), complained());
        assertTrue(Files.exists(folder.resolve("report.html")));
        assertTrue(printed().contains("report.html"), printed());
        assertEquals(2, run(List.of(), "report", folder.resolve("report.html").toString()));
        assertTrue(complained().contains("report.html: sweep: no JSON"), complained());
    }

    @Test
    void shapesThatFormatsDoNotHaveAreNamed() {
        final int code = run(
                List.of(),
                "dev.tilesmith.sweep.Q8ZeroSwept",
                "--shapes",
                "1x8x33",
                "--out",
                folder.resolve("out").toString());
        assertEquals(2, code);
        assertTrue(complained().contains("shape: 1x8x33; expected k to be a multiple of 32"), complained());
    }

    @Test
    void aListNamesShapesAndVariantsAndMeasuresNothing() {
        assertEquals(0, run(List.of(), SWEPT, "--list", "--shapes", "3x5x7,1x5x7-cold"), complained());
        assertTrue(printed().contains(SWEPT), printed());
        assertTrue(printed().contains("  3x5x7\n"), printed());
        assertTrue(printed().contains("  1x5x7-cold\n"), printed());
        F32SweptKernels.table()
                .usable()
                .forEach(kernel -> assertTrue(
                        printed().contains("_" + kernel.family().target().code()), printed()));
    }

    @Test
    void aSweepLeavesResultsAndAProfile() throws IOException {
        final String[] args = {
            SWEPT,
            "--quick",
            "--budget",
            "2s",
            "--shapes",
            "1x64x64,9x64x64",
            "--knob",
            "fetch-near",
            "--out",
            folder.resolve("out").toString()
        };
        assertEquals(0, run(List.of(), args), complained());
        final JsonObject json = JsonParser.parseString(Files.readString(folder.resolve("out/sweep.json")))
                .getAsJsonObject();
        assertEquals(SWEPT, json.get("kernel").getAsString());
        assertEquals("f32_f32_f32", json.get("recipe").getAsString());
        assertFalse(json.getAsJsonArray("chosen").isEmpty());
        assertMachine(json);
        for (final JsonElement chosen : json.getAsJsonArray("chosen")) {
            final JsonObject pick = chosen.getAsJsonObject();
            ShapeClass.named(pick.get("class").getAsString());
            assertTrue(F32SweptKernels.table()
                    .variants()
                    .contains(Variant.parse(pick.get("variant").getAsString())));
        }
        assertTrue(Files.readString(folder.resolve("out/report.html")).contains(SWEPT));
        final String profile = profile();
        assertTrue(profile.startsWith("tilesmith-profile 1\n"), profile);

        // The same again measures nothing, and says so.
        out.reset();
        assertEquals(0, run(List.of(), args), complained());
        assertTrue(printed().contains("goes on after"), printed());
        assertEquals(profile, profile());

        // And what the table chooses by the profile computes the same as the best, or it would say so.
        final String[] verified = Arrays.copyOf(args, args.length + 1);
        verified[args.length] = "--verify";
        assertEquals(0, run(List.of(), verified), complained());
        final String interval = "[0-9.]+ \\([0-9.]+ to [0-9.]+\\)";
        final Pattern line = Pattern.compile(
                "1x64x64: what the table chooses takes " + interval + " of what .*; without the profile " + interval);
        assertTrue(line.matcher(printed()).find(), printed());
    }

    /** The parts of its key are those of the profile; limits of reading are measured, and nothing is made up for computing. */
    private void assertMachine(JsonObject json) throws IOException {
        final JsonObject machine = json.getAsJsonObject("machine");
        final List<String> lines = profile().lines().toList();
        for (final String part : List.of("cpu", "signature", "features")) {
            final String value = machine.get(part).getAsString();
            assertEquals(!value.isEmpty(), lines.contains(part + " " + value), part + " " + value);
        }
        final JsonObject limits = json.getAsJsonObject("limits");
        assertEquals(Set.of("cacheGigabytes", "memoryGigabytes"), limits.keySet());
        limits.entrySet().forEach(limit -> assertTrue(limit.getValue().getAsDouble() > 0, limits::toString));
    }

    private String profile() throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve("out"))) {
            final List<Path> profiles =
                    files.filter(file -> file.toString().endsWith(".profile")).toList();
            assertEquals(1, profiles.size());
            return Files.readString(profiles.getFirst());
        }
    }

    @Test
    void declarationsThatAskForASweepAreFoundInFoldersAndJars() throws IOException {
        final Path classes = folder.resolve("classes");
        final Path resources = Files.createDirectories(classes.resolve("META-INF/tilesmith/sweeps"));
        Files.writeString(resources.resolve(SWEPT), "tilesmith-sweep 1\n3x5x7\n");
        final Path jar = folder.resolve("a.jar");
        try (JarOutputStream written = new JarOutputStream(Files.newOutputStream(jar))) {
            written.putNextEntry(new JarEntry("META-INF/tilesmith/sweeps/dev.tilesmith.sweep.Int8Swept"));
            written.write("tilesmith-sweep 1\n2x6x8\n1x6x8-cold\n".getBytes(StandardCharsets.UTF_8));
            written.closeEntry();
        }
        final List<Path> path = List.of(folder.resolve("absent"), classes, jar);
        assertEquals(0, run(path, "--list"), complained());
        assertTrue(printed().contains(SWEPT + ": F32 x F32 -> F32\n  3x5x7\n"), printed());
        assertTrue(printed().contains("dev.tilesmith.sweep.Int8Swept: QAI8DX x QSI8CX -> F32\n  2x6x8\n"), printed());
        assertTrue(printed().contains("  1x6x8-cold\n"), printed());
    }

    @Test
    void anIndexOfAnotherVersionIsNamed() throws IOException {
        final Path resources = Files.createDirectories(folder.resolve("META-INF/tilesmith/sweeps"));
        Files.writeString(resources.resolve(SWEPT), "tilesmith-sweep 2\n3x5x7\n");
        assertEquals(1, run(List.of(folder), "--list"));
        assertTrue(complained().contains(SWEPT) && complained().contains("tilesmith-sweep 1"), complained());
    }
}
