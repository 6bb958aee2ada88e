package dev.tilesmith.builds;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A program to be started.
 *
 * @param folder where
 * @param words its name and arguments
 * @param environment variables besides this JVM's own
 */
record Command(Path folder, List<String> words, Map<String, String> environment) {
    /** The JDK that runs these tests. */
    static final Path JDK = Path.of(System.getProperty("java.home"));

    /** Lines for a shell, which finds this JDK's tools first. */
    static Command shell(Path folder, String lines) {
        return withPath(folder, JDK.resolve("bin"), List.of("sh", "-e", "-c", lines));
    }

    /** The JVM of this JDK. */
    static Command java(Path folder, String... arguments) {
        return java(folder, JDK, arguments);
    }

    /** The JVM of an image. */
    static Command java(Path folder, Path image, String... arguments) {
        final List<String> words =
                new ArrayList<>(List.of(image.resolve("bin/java").toString()));
        words.addAll(List.of(arguments));
        return new Command(folder, words, Map.of());
    }

    /** A program that finds the tools of {@code bin} before others. */
    static Command withPath(Path folder, Path bin, List<String> words) {
        return new Command(folder, words, Map.of("PATH", bin + ":" + System.getenv("PATH")));
    }

    /** This with one more variable. */
    Command with(String variable, String value) {
        final Map<String, String> more = new HashMap<>(environment);
        more.put(variable, value);
        return new Command(folder, words, more);
    }

    /** Runs it to its end. */
    Output run() throws IOException, InterruptedException {
        final Path errors = Files.createTempFile("command", ".err");
        try {
            final ProcessBuilder builder =
                    new ProcessBuilder(words).directory(folder.toFile()).redirectError(errors.toFile());
            builder.environment().putAll(environment);
            // With these the JVM prints a line of its own.
            builder.environment().keySet().removeAll(Set.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS"));
            final Process process = builder.start();
            process.getOutputStream().close();
            final String output;
            try (var reader = process.inputReader()) {
                output = reader.readAllAsString();
            }
            return new Output(process.waitFor(), output, Files.readString(errors));
        } finally {
            Files.delete(errors);
        }
    }

    /**
     * What a program said.
     *
     * @param status how it ended; 0 is well
     * @param stdout on standard output
     * @param stderr on standard error
     */
    record Output(int status, String stdout, String stderr) {
        /** The target of the family that explain says is chosen; nothing where there is no such line. */
        Optional<String> served() {
            return stdout.lines()
                    .filter(line -> line.startsWith("  -> "))
                    .map(line -> line.strip().split(" +", -1)[1])
                    .findFirst();
        }
    }
}
