package dev.tilesmith.bench.model;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The program llvm-mca, which simulates a CPU's pipelines on straight-line code that is repeated. */
public final class LlvmMca {
    /** The CPUs that loops are put to. */
    public static final List<String> CPUS = List.of("neoverse-n1", "neoverse-v1", "neoverse-v2");

    /** The first with models of all of them. */
    private static final int OLDEST = 19;

    private static final int NEWEST = 29;
    private static final int ITERATIONS = 1000;
    private static final Pattern VERSION = Pattern.compile("LLVM version (\\d+)\\.\\S+");
    private static final Pattern LACKS = Pattern.compile("error: instruction requires: (\\S+)");

    private final String command;
    private final String version;

    private LlvmMca(String command, String version) {
        this.command = command;
        this.version = version;
    }

    /** The newest of this machine, if there is one that is new enough. */
    public static Optional<LlvmMca> find() throws IOException, InterruptedException {
        final List<String> commands = Stream.concat(
                        IntStream.rangeClosed(OLDEST, NEWEST)
                                .map(i -> OLDEST + NEWEST - i)
                                .mapToObj(number -> "llvm-mca-" + number),
                        Stream.of("llvm-mca"))
                .filter(LlvmMca::isOnPath)
                .toList();
        for (final String command : commands) {
            final Matcher matcher = VERSION.matcher(new Run(List.of(command, "--version"), "").output);
            if (matcher.find() && Integer.parseInt(matcher.group(1)) >= OLDEST) {
                return Optional.of(new LlvmMca(command, matcher.group()));
            }
        }
        return Optional.empty();
    }

    /** What to install where it is not found. */
    public static String hint() {
        return "llvm-mca " + OLDEST + " or newer is needed: older ones have no models of " + String.join(", ", CPUS)
                + ". Debian and Ubuntu have it in the package llvm-" + OLDEST
                + " (apt-get install llvm-" + OLDEST + ").";
    }

    private static boolean isOnPath(String command) {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(":", -1))
                .anyMatch(directory -> Files.isExecutable(Path.of(directory, command)));
    }

    /** Its version. */
    public String version() {
        return version;
    }

    /** What it says of a loop on a CPU; nothing if the CPU lacks an instruction of the loop. */
    public Optional<Prediction> predict(Loop loop, String cpu) throws IOException, InterruptedException {
        final Run run = new Run(
                List.of(command, "-mtriple=aarch64", "-mcpu=" + cpu, "--json", "-iterations=" + ITERATIONS),
                loop.source());
        if (LACKS.matcher(run.errors).find()) {
            return Optional.empty();
        }
        if (run.exit != 0 || run.output.isEmpty()) {
            throw new IllegalStateException(command + " ended with " + run.exit + ": " + run.errors);
        }
        return Optional.of(Prediction.parse(loop, run.output));
    }

    /** One run of a command to its end. */
    private static final class Run {
        private final String output;
        private final String errors;
        private final int exit;

        Run(List<String> command, String input) throws IOException, InterruptedException {
            final Path in = Files.createTempFile("llvm-mca", ".s");
            final Path err = Files.createTempFile("llvm-mca", ".txt");
            try {
                Files.writeString(in, input);
                final Process process = new ProcessBuilder(command)
                        .redirectInput(in.toFile())
                        .redirectError(err.toFile())
                        .start();
                output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
                exit = process.waitFor();
                errors = Files.readString(err);
            } finally {
                Files.delete(in);
                Files.delete(err);
            }
        }
    }
}
