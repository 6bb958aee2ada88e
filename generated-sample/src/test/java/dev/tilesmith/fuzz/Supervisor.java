package dev.tilesmith.fuzz;

import dev.tilesmith.conformance.AnotherJvm;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Starts workers one after the other until all problems are solved, and learns how each of them ends. */
final class Supervisor {
    private static final long POLL_MILLIS = 200;
    private static final int MOST_FINDINGS = 100_000;
    private static final int LAST_WORDS = 60;

    private final Class<?> program;
    private final Path folder;
    private final long patienceMillis;
    private final Consumer<String> log;

    /**
     * What a run came to.
     *
     * @param next the first seed that was not tried
     * @param findings what was found, each with its seed
     */
    record Outcome(long next, List<String> findings) {}

    /**
     * A supervisor.
     *
     * @param program what a worker runs
     * @param folder where its workers' files are
     * @param patienceMillis for how long a problem may take until it hangs
     * @param log is told of findings at once
     */
    Supervisor(Class<?> program, Path folder, long patienceMillis, Consumer<String> log) {
        this.program = program;
        this.folder = folder;
        this.patienceMillis = patienceMillis;
        this.log = log;
    }

    /** Solves the problems of {@code count} seeds from {@code first} on, or as many as it can by {@code end}, in milliseconds of the clock. */
    Outcome run(long first, long count, long end) throws IOException, InterruptedException {
        final List<String> findings = new ArrayList<>();
        final Progress progress = Progress.in(folder.resolve("progress"));
        long next = first;
        while (next < first + count && System.currentTimeMillis() < end && findings.size() < MOST_FINDINGS) {
            progress.begin(next);
            final Path output = folder.resolve("output");
            final Process worker = AnotherJvm.of(
                            List.of(
                                    "-Xmx1g",
                                    "-XX:+UseSerialGC",
                                    "-XX:-CreateCoredumpOnCrash",
                                    "-XX:ErrorFile=" + folder.resolve("hs_err.log")),
                            program,
                            folder.toString(),
                            Long.toString(next),
                            Long.toString(first + count - next),
                            Long.toString(end))
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
            final boolean hangs = !await(worker, progress);
            final long last = progress.seed();
            final int before = findings.size();
            findings.addAll(found(output));
            if (hangs) {
                findings.add(Worker.SEED + last + ": hangs\n" + stacks(worker));
                worker.destroyForcibly().waitFor();
            } else if (worker.exitValue() != 0) {
                findings.add(
                        Worker.SEED + last + ": the JVM ended with " + worker.exitValue() + "\n" + lastWords(output));
            }
            findings.subList(before, findings.size()).forEach(log);
            next = last + 1;
        }
        return new Outcome(next, findings);
    }

    /** Whether a worker ends by itself: it is waited for as long as it begins problem after problem. */
    private boolean await(Process worker, Progress progress) throws InterruptedException {
        long seed = progress.seed();
        long since = System.currentTimeMillis();
        while (!worker.waitFor(POLL_MILLIS, TimeUnit.MILLISECONDS)) {
            final long now = System.currentTimeMillis();
            if (progress.seed() != seed) {
                seed = progress.seed();
                since = now;
            } else if (now - since > patienceMillis) {
                return false;
            }
        }
        return true;
    }

    private static List<String> found(Path output) throws IOException {
        final List<String> findings = new ArrayList<>();
        for (final String line : Files.readAllLines(output)) {
            if (line.startsWith(Worker.SEED)) {
                findings.add(line);
            } else if (line.startsWith(Worker.MORE) && !findings.isEmpty()) {
                findings.set(findings.size() - 1, findings.getLast() + "\n" + line);
            }
        }
        return findings;
    }

    private static String stacks(Process worker) throws IOException, InterruptedException {
        final Process jstack = new ProcessBuilder(
                        System.getProperty("java.home") + File.separator + "bin" + File.separator + "jstack",
                        Long.toString(worker.pid()))
                .redirectErrorStream(true)
                .start();
        try (var reader = jstack.inputReader()) {
            final String stacks = reader.readAllAsString();
            jstack.waitFor();
            return stacks;
        }
    }

    /** What a worker printed last, and what the JVM says of its end. */
    private String lastWords(Path output) throws IOException {
        final Path error = folder.resolve("hs_err.log");
        final List<String> printed = Files.readAllLines(output);
        final List<String> words =
                new ArrayList<>(printed.subList(Math.max(0, printed.size() - LAST_WORDS), printed.size()));
        if (Files.exists(error)) {
            try (Stream<String> lines = Files.lines(error)) {
                lines.limit(LAST_WORDS).forEach(words::add);
            }
            Files.delete(error);
        }
        return String.join("\n", words);
    }
}
