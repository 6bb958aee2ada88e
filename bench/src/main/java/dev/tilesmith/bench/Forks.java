package dev.tilesmith.bench;

import dev.tilesmith.bench.peer.Peer;
import dev.tilesmith.bench.work.LayerWork;
import dev.tilesmith.bench.work.Work;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.format.OutputFormat;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;
import org.openjdk.jmh.util.Statistics;

/** Runs one JMH benchmark at a time, each in a JVM of its own, so that the caller decides on their order. */
final class Forks {
    /** -Xbatch: a method waits for its compilation, so that a busy machine cannot put it off into what is timed. */
    private static final List<String> JVM_OPTIONS =
            List.of("--add-modules=jdk.incubator.vector", "--enable-native-access=ALL-UNNAMED", "-Xbatch", "-Xmx4g");

    private final BenchSettings.Pace pace;
    private final ForkNote note;
    private final OutputFormat log;

    /** Forks that write what JMH and they have to say to {@code jmh.log} in this directory. */
    Forks(BenchSettings.Pace pace, Path directory) throws IOException {
        System.setProperty("jmh.ignoreLock", "true"); // the lock is one for all users of a machine
        // ONNX Runtime 1.29 ends a process whose command line is some 4 kB long, as a class path makes it.
        System.setProperty("jmh.separateClasspathJAR", "true");
        this.pace = pace;
        this.note = new ForkNote(directory.resolve("fork-note.properties"));
        this.log = OutputFormatFactory.createFormatInstance(
                new PrintStream(Files.newOutputStream(directory.resolve("jmh.log")), true, StandardCharsets.UTF_8),
                VerboseMode.NORMAL);
    }

    /**
     * Times of one call, one for each iteration.
     *
     * @param medianNanos in the median iteration
     * @param bestNanos in the shortest one
     * @param counters what the benchmark counted besides, in each iteration
     */
    record Times(double medianNanos, double bestNanos, Map<String, Statistics> counters) {}

    /**
     * How a fork ended.
     *
     * @param note what it said before it was timed
     * @param times what was timed, if it was
     */
    record Outcome(ForkNote.Content note, Optional<Times> times) {}

    /** One implementation at one work. */
    Outcome run(Peer peer, Work work) {
        return outcome(options(MatMulBenchmark.class, peer.jvmOptions())
                .param("impl", peer.name())
                .param("format", work.operation().format())
                .param("shape", work.shape().toString())
                .param("threads", Integer.toString(work.threads())));
    }

    /** All implementations in turn at one layer. */
    Outcome run(LayerWork work) {
        return outcome(options(LayerBenchmark.class, List.of("--sun-misc-unsafe-memory-access=allow"))
                .param("format", work.format().format())
                .param("layer", work.layer().toString()));
    }

    private Outcome outcome(ChainedOptionsBuilder options) {
        final Optional<Times> times = run(options);
        final ForkNote.Content content = note.take();
        if (content.outcome() == ForkNote.Outcome.READY && times.isEmpty()) {
            return new Outcome(
                    new ForkNote.Content(ForkNote.Outcome.FAILED, "the fork ended while it was timed"), times);
        }
        return new Outcome(content, times);
    }

    /** A benchmark that all threads run, each for itself. */
    Times runAlike(Class<?> benchmark, int threads) {
        return run(options(benchmark, List.of()).threads(threads))
                .orElseThrow(() -> new IllegalStateException(benchmark.getSimpleName() + ": the fork failed"));
    }

    /** A benchmark with these parameters. */
    Times run(Class<?> benchmark, Map<String, String> parameters) {
        final ChainedOptionsBuilder options = options(benchmark, List.of("--sun-misc-unsafe-memory-access=allow"));
        parameters.forEach(options::param);
        return run(options)
                .orElseThrow(() -> new IllegalStateException(benchmark.getSimpleName() + ": the fork failed"));
    }

    private ChainedOptionsBuilder options(Class<?> benchmark, List<String> jvmOptions) {
        final String natives = "tilesmith.bench.natives";
        final Stream<String> own = Stream.of(note.jvmOption(), "-D" + natives + "=" + System.getProperty(natives, ""));
        return new OptionsBuilder()
                .include("^" + benchmark.getName().replace(".", "\\.") + "\\.run$")
                .forks(1)
                .threads(1)
                .warmupIterations(pace.warmups())
                .warmupTime(TimeValue.milliseconds(pace.warmupMillis()))
                .measurementIterations(pace.iterations())
                .measurementTime(TimeValue.milliseconds(pace.iterationMillis()))
                .jvmArgs(Stream.of(JVM_OPTIONS.stream(), jvmOptions.stream(), own)
                        .flatMap(stream -> stream)
                        .toArray(String[]::new));
    }

    private Optional<Times> run(ChainedOptionsBuilder options) {
        try {
            final Collection<RunResult> results = new Runner(options.build(), log).run();
            return results.stream().findFirst().map(Forks::times);
        } catch (RunnerException e) {
            throw new IllegalStateException("JMH could not run", e);
        }
    }

    private static Times times(RunResult result) {
        final Statistics statistics = result.getPrimaryResult().getStatistics();
        final Map<String, Statistics> counters = new HashMap<>();
        result.getSecondaryResults().forEach((name, counted) -> counters.put(name, counted.getStatistics()));
        return new Times(statistics.getPercentile(50), statistics.getMin(), Map.copyOf(counters));
    }
}
