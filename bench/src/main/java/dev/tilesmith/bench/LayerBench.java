package dev.tilesmith.bench;

import dev.tilesmith.bench.peer.LayerPeer;
import dev.tilesmith.bench.peer.LayerPeers;
import dev.tilesmith.bench.peer.Peers;
import dev.tilesmith.bench.report.LayerReport;
import dev.tilesmith.bench.report.Measurement;
import dev.tilesmith.bench.work.LayerFormat;
import dev.tilesmith.bench.work.LayerModel;
import dev.tilesmith.bench.work.LayerWork;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.openjdk.jmh.util.Statistics;

/**
 * Layers of networks by our kernels beside oneDNN and ONNX Runtime, on one thread: those of {@code
 * -Dlayers=mobilenet_v1,depthwise,56x56x64-3x3x128-s2}, in {@code -Dformat}, the median of {@code -Drounds} JVMs. What is measured
 * joins what {@code peers.json} has of other layers, and the tables are of all of them: so a long run can be cut into short ones.
 */
public final class LayerBench {
    private final BenchSettings settings;
    private final Forks forks;
    private final ResultsFile file;
    private final PrintStream out;
    private final Set<String> unavailable = new LinkedHashSet<>();
    private final List<String> failures = new ArrayList<>();

    private LayerBench(BenchSettings settings, PrintStream out) throws IOException {
        this.settings = settings;
        this.forks = new Forks(settings.pace(), settings.results());
        this.file = new ResultsFile(settings.results().resolve("peers.json"));
        this.out = out;
    }

    /** Measures and prints; ends with 1 if an implementation was wrong or broke down. */
    public static void main(String[] args) throws IOException {
        final BenchSettings settings = BenchSettings.ofSystemProperties();
        Files.createDirectories(settings.results());
        final LayerBench bench = new LayerBench(settings, System.out);
        bench.measure();
        bench.report();
        if (!bench.failures.isEmpty()) {
            System.exit(1);
        }
    }

    private void measure() throws IOException {
        for (final LayerWork work : works()) {
            final List<Measurement> measured = measure(work);
            out.println(line(work, measured));
            file.replace(measured);
        }
    }

    private static List<LayerWork> works() {
        final boolean quick = Boolean.parseBoolean(BenchSettings.property("quick", "false"));
        final String layers = BenchSettings.property("layers", "");
        final String formats = BenchSettings.property("format", "");
        return (layers.isEmpty() && quick ? LayerModel.quick() : LayerModel.parse(layers.isEmpty() ? "all" : layers))
                .stream()
                        .flatMap(layer -> formats(formats)
                                .filter(format -> format.isDefinedFor(layer))
                                .map(format -> new LayerWork(format, layer)))
                        .toList();
    }

    private static Stream<LayerFormat> formats(String formats) {
        return formats.isEmpty()
                ? Stream.of(LayerFormat.values())
                : Arrays.stream(formats.split(",", -1)).map(String::strip).map(LayerFormat::ofFormat);
    }

    private List<Measurement> measure(LayerWork work) {
        final Map<String, List<Measurement>> byImpl = new LinkedHashMap<>();
        for (int round = 0; round < settings.rounds(); round++) {
            final Forks.Outcome outcome = forks.run(work);
            switch (outcome.note().outcome()) {
                case READY -> outcome.note().text().lines().forEach(unavailable::add);
                case UNAVAILABLE, FAILED ->
                    failures.add(work + ": " + outcome.note().text());
            }
            outcome.times().ifPresent(times -> LayerPeers.all().forEach(peer -> measured(peer, work, times)
                    .forEach(measured -> byImpl.computeIfAbsent(peer.name(), _ -> new ArrayList<>())
                            .add(measured))));
        }
        return byImpl.values().stream().map(Measurement::middle).toList();
    }

    /** None where a peer was not there. */
    private static Stream<Measurement> measured(LayerPeer peer, LayerWork work, Forks.Times times) {
        return Stream.ofNullable(times.counters().get(peer.name()))
                .filter(nanos -> nanos.getMin() > 0)
                .map(nanos -> measurement(peer, work, nanos));
    }

    private static Measurement measurement(LayerPeer peer, LayerWork work, Statistics nanos) {
        return Measurement.of(work, peer.name(), peer.variant(work), nanos.getPercentile(50), nanos.getMin());
    }

    private static String line(LayerWork work, List<Measurement> measured) {
        final StringBuilder line = new StringBuilder(work + ":");
        measured.forEach(one -> line.append(String.format(Locale.ROOT, " %s %.1f", one.impl(), one.gops())));
        return line.toString();
    }

    private void report() throws IOException {
        final List<String> peers = LayerPeers.all().stream()
                .map(LayerPeer::name)
                .filter(name -> !name.equals(Peers.OURS))
                .toList();
        final String markdown = new LayerReport(Peers.OURS, peers, file.layers()).text();
        Files.writeString(settings.results().resolve("layers.md"), markdown);
        out.println();
        out.println(markdown);
        unavailable.forEach(out::println);
        failures.forEach(out::println);
        out.println("Written to " + settings.results().toAbsolutePath());
    }
}
