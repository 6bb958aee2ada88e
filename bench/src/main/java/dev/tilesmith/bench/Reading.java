package dev.tilesmith.bench;

import dev.tilesmith.bench.work.Work;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.openjdk.jmh.util.Statistics;

/**
 * How much of what memory gives to loads it gives to products with weights that come from memory: those of {@code
 * -Dshapes=1x11008x4096-cold} and {@code -Dformat=qai8dx_qsi4c32_f32}, the median of {@code -Drounds} JVMs.
 */
public final class Reading {
    private Reading() {}

    /** Measures and prints. */
    public static void main(String[] args) throws IOException {
        final BenchSettings settings = BenchSettings.ofSystemProperties();
        Files.createDirectories(settings.results());
        final Forks forks = new Forks(settings.pace(), settings.results());
        System.out.println("| format | m x n x k | threads | loads, GB/s | weights, GB/s | weights / loads |");
        System.out.println("| --- | --- | --- | --- | --- | --- |");
        for (final Work work : settings.works()) {
            if (work.shape().cold()) {
                for (final int threads : settings.threads()) {
                    System.out.println(line(forks, settings.rounds(), work, threads));
                }
            }
        }
    }

    private static String line(Forks forks, int rounds, Work work, int threads) {
        final Map<String, String> parameters = Map.of(
                "format", work.operation().format(),
                "shape", work.shape().toString(),
                "threads", Integer.toString(threads));
        final List<Share> shares = new ArrayList<>();
        for (int round = 0; round < rounds; round++) {
            final Map<String, Statistics> counters =
                    forks.run(ReadingBenchmark.class, parameters).counters();
            final double bytes = work.operation().weightBytes(work.shape()) * counter(counters, "calls");
            shares.add(new Share(bytes / counter(counters, "loads"), bytes / counter(counters, "product")));
        }
        shares.sort(Comparator.comparingDouble(Share::ofLoads));
        final Share median = shares.get(shares.size() / 2);
        return String.format(
                Locale.ROOT,
                "| %s | %s | %d | %.1f | %.1f | %.0f %% |",
                work.operation().format(),
                work.shape(),
                threads,
                median.loads,
                median.weights,
                100 * median.ofLoads());
    }

    private static double counter(Map<String, Statistics> counters, String name) {
        return Optional.ofNullable(counters.get(name))
                .map(Statistics::getSum)
                .orElseThrow(() -> new IllegalStateException("counter " + name + ": not among " + counters.keySet()));
    }

    /**
     * How fast bytes came, in GB/s.
     *
     * @param loads to loads
     * @param weights to products
     */
    private record Share(double loads, double weights) {
        double ofLoads() {
            return weights / loads;
        }
    }
}
