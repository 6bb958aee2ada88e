package dev.tilesmith.bench;

import dev.tilesmith.bench.PackingBenchmark.Source;
import dev.tilesmith.bench.PackingBenchmark.Way;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Packing 4096 × 11008 and 11008 × 4096 weights beside copying the same bytes: the median of {@code -Drounds} JVMs (1 if
 * not said) of each, in turn, of the sources of {@code -Dsource=Q4_0,NIBBLES}, all if none is said.
 */
public final class Packing {
    private static final int[][] SHAPES = {{4096, 11008}, {11008, 4096}};
    private static final double NANOS_PER_MILLI = 1e6;

    private Packing() {}

    /** Measures and prints. */
    public static void main(String[] args) throws IOException {
        final String asked = System.getProperty("source", "");
        final BenchSettings settings = BenchSettings.ofSystemProperties();
        Files.createDirectories(settings.results());
        final Forks forks = new Forks(settings.pace(), settings.results());
        final List<Source> sources = asked.isEmpty()
                ? List.of(Source.values())
                : Arrays.stream(asked.split(",", -1)).map(Source::valueOf).toList();
        System.out.println("| source | n x k | threads | memory | MB | copy, ms | pack, ms | pack / copy |");
        System.out.println("| --- | --- | --- | --- | --- | --- | --- | --- |");
        for (final Source source : sources) {
            for (final int[] shape : SHAPES) {
                for (final int threads : settings.threads()) {
                    for (final boolean fresh : new boolean[] {false, true}) {
                        System.out.println(line(forks, settings.rounds(), source, shape, threads, fresh));
                    }
                }
            }
        }
    }

    private static String line(Forks forks, int rounds, Source source, int[] shape, int threads, boolean fresh) {
        final List<Double> copies = new ArrayList<>();
        final List<Double> packs = new ArrayList<>();
        for (int round = 0; round < rounds; round++) {
            copies.add(millis(forks, source, Way.COPY, shape, threads, fresh));
            packs.add(millis(forks, source, Way.PACK, shape, threads, fresh));
        }
        final double copy = median(copies);
        final double pack = median(packs);
        return String.format(
                Locale.ROOT,
                "| %s | %d x %d | %d | %s | %.1f | %.2f | %.2f | %.2f |",
                source,
                shape[0],
                shape[1],
                threads,
                fresh ? "fresh" : "touched",
                source.bytes(shape[0], shape[1]) / 1e6,
                copy,
                pack,
                pack / copy);
    }

    private static double millis(Forks forks, Source source, Way way, int[] shape, int threads, boolean fresh) {
        final Map<String, String> parameters = Map.of(
                "source", source.name(),
                "way", way.name(),
                "n", Integer.toString(shape[0]),
                "k", Integer.toString(shape[1]),
                "threads", Integer.toString(threads),
                "fresh", Boolean.toString(fresh));
        return forks.run(PackingBenchmark.class, parameters).medianNanos() / NANOS_PER_MILLI;
    }

    private static double median(List<Double> values) {
        values.sort(Comparator.naturalOrder());
        return values.get(values.size() / 2);
    }
}
