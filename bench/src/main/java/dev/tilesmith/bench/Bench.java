package dev.tilesmith.bench;

import dev.tilesmith.bench.peer.Peer;
import dev.tilesmith.bench.peer.Peers;
import dev.tilesmith.bench.report.Limit;
import dev.tilesmith.bench.report.Limits;
import dev.tilesmith.bench.report.MarkdownReport;
import dev.tilesmith.bench.report.Measurement;
import dev.tilesmith.bench.report.Row;
import dev.tilesmith.bench.work.Work;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Our kernels beside their peers, in one run. All implementations take their turns at one work before the next is
 * begun, with the limit of the machine measured first, so that a machine that changes its speed changes it for all of them.
 */
public final class Bench {
    private final BenchSettings settings;
    private final Forks forks;
    private final PrintStream out;
    private final List<Limits> limits = new ArrayList<>();
    private final List<Row> rows = new ArrayList<>();
    private final Map<String, String> unavailable = new LinkedHashMap<>();
    private final List<String> failures = new ArrayList<>();

    private Bench(BenchSettings settings, PrintStream out) throws IOException {
        this.settings = settings;
        this.forks = new Forks(settings.pace(), settings.results());
        this.out = out;
    }

    /** Runs what the system properties ask for; ends with 1 if an implementation was wrong or broke down. */
    public static void main(String[] args) throws IOException {
        final BenchSettings settings = BenchSettings.ofSystemProperties();
        Files.createDirectories(settings.results());
        final Bench bench = new Bench(settings, System.out);
        bench.measure();
        bench.report();
        if (!bench.failures.isEmpty()) {
            System.exit(1);
        }
    }

    private void measure() {
        for (final int threads : settings.threads()) {
            limits.add(new Limits(threads, ofFloats(threads), ofIntegers(threads), readGigabytes(threads)));
        }
        for (final Work work : settings.works()) {
            for (final int threads : settings.threads()) {
                rows.add(measure(new Work(work.operation(), work.shape(), threads)));
            }
        }
    }

    private Row measure(Work work) {
        final Optional<Limit> limit =
                switch (work.operation()) {
                    case F32_MATMUL, F16_MATMUL, BF16_MATMUL, F16_ROWS_MATMUL, BF16_ROWS_MATMUL ->
                        Optional.of(ofFloats(work.threads()));
                    case INT8_MATMUL, STATIC_INT8_MATMUL, INT4_MATMUL, Q8_0_MATMUL, Q4_0_MATMUL, Q4_1_MATMUL ->
                        bestOfIntegers(work.threads());
                };
        final double read = work.shape().cold() ? readGigabytes(work.threads()) : 0;
        final Map<String, List<Measurement>> byImpl = new LinkedHashMap<>();
        for (int round = 0; round < settings.rounds(); round++) {
            for (final Peer peer : settings.peers()) {
                if (peer.supports(work) && !unavailable.containsKey(peer.name())) {
                    measure(peer, work)
                            .ifPresent(measured -> byImpl.computeIfAbsent(peer.name(), _ -> new ArrayList<>())
                                    .add(measured));
                }
            }
        }
        final List<Measurement> measured =
                byImpl.values().stream().map(Measurement::middle).toList();
        final Row row = new Row(work, limit, read, measured);
        out.println(work + ": " + line(row));
        return row;
    }

    private Optional<Measurement> measure(Peer peer, Work work) {
        final Forks.Outcome outcome = forks.run(peer, work);
        final String text = outcome.note().text();
        switch (outcome.note().outcome()) {
            case READY -> {}
            case UNAVAILABLE -> {
                unavailable.put(peer.name(), text);
                out.println(peer.name() + " is not available: " + text);
            }
            case FAILED -> {
                failures.add(peer.name() + " failed at " + work + ": " + text);
                out.println(failures.getLast());
            }
        }
        return outcome.times()
                .map(times -> Measurement.of(work, peer.name(), text, times.medianNanos(), times.bestNanos()));
    }

    private Limit ofFloats(int threads) {
        return limit("FMA", FmaLimit.class, FmaLimit.operations(), threads);
    }

    private List<Limit> ofIntegers(int threads) {
        return Stream.concat(ofDots(threads).stream(), ofTiles(threads).stream())
                .toList();
    }

    /** Tile registers, where there are any: only such few rows as leave them idle are bound by the other. */
    private Optional<Limit> bestOfIntegers(int threads) {
        return ofTiles(threads).or(() -> ofDots(threads));
    }

    private Optional<Limit> ofDots(int threads) {
        return VnniLimit.exists()
                ? Optional.of(limit("VNNI", VnniLimit.class, VnniLimit.operations(), threads))
                : Optional.empty();
    }

    private Optional<Limit> ofTiles(int threads) {
        return AmxLimit.exists()
                ? Optional.of(limit("AMX", AmxLimit.class, AmxLimit.operations(), threads))
                : Optional.empty();
    }

    private Limit limit(String name, Class<?> benchmark, long operations, int threads) {
        return new Limit(
                name, threads * operations / forks.runAlike(benchmark, threads).medianNanos());
    }

    private double readGigabytes(int threads) {
        return threads
                * ReadLimit.bytes()
                / forks.runAlike(ReadLimit.class, threads).medianNanos();
    }

    private static String line(Row row) {
        final StringBuilder line = new StringBuilder();
        row.measurements()
                .forEach(measured -> line.append(String.format("%s %.1f, ", measured.impl(), measured.gops())));
        return line.append(row.limit()
                        .map(limit -> String.format("%s limit %.1f", limit.name(), limit.gops()))
                        .orElse("no limit"))
                .toString();
    }

    private void report() throws IOException {
        final String markdown = new MarkdownReport(
                        Peers.OURS, settings.peers().stream().map(Peer::name).toList(), limits, rows)
                .text();
        new ResultsFile(settings.results().resolve("peers.json"))
                .writeProducts(rows.stream()
                        .flatMap(row -> row.measurements().stream())
                        .toList());
        Files.writeString(settings.results().resolve("peers.md"), markdown);
        out.println();
        out.println(markdown);
        unavailable.forEach((impl, reason) -> out.println(impl + " NOT RUN: " + reason));
        failures.forEach(out::println);
        out.println("Written to " + settings.results().toAbsolutePath());
    }
}
