package dev.tilesmith.bench;

import dev.tilesmith.bench.EncoderBenchmark.Way;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The sample's sentence encoder beside ONNX Runtime's run of the same file, one thread each, at 8, 32 and 128 tokens:
 * the median of {@code -Drounds} JVMs (3 if not said), in turn with the others.
 */
public final class EncoderBench {
    private static final int[] LENGTHS = {8, 32, 128};
    private static final int ROUNDS = 3;
    private static final double NANOS_PER_MILLI = 1e6;

    private EncoderBench() {}

    /** Measures and prints. */
    public static void main(String[] args) throws IOException {
        final BenchSettings settings = BenchSettings.ofSystemProperties();
        Files.createDirectories(settings.results());
        final Forks forks = new Forks(settings.pace(), settings.results());
        for (final int tokens : LENGTHS) {
            System.out.println(line(tokens, measured(forks, tokens, Math.max(ROUNDS, settings.rounds()))));
        }
    }

    private static Map<Way, Double> measured(Forks forks, int tokens, int rounds) {
        final Map<Way, List<Double>> times = new EnumMap<>(Way.class);
        for (int round = 0; round < rounds; round++) {
            for (final Way way : Way.values()) {
                final Map<String, String> parameters = Map.of("way", way.name(), "tokens", Integer.toString(tokens));
                times.computeIfAbsent(way, _ -> new ArrayList<>())
                        .add(forks.run(EncoderBenchmark.class, parameters).medianNanos());
            }
        }
        final Map<Way, Double> medians = new EnumMap<>(Way.class);
        times.forEach((way, nanos) -> {
            nanos.sort(Comparator.naturalOrder());
            medians.put(way, nanos.get(nanos.size() / 2) / NANOS_PER_MILLI);
        });
        return medians;
    }

    private static String line(int tokens, Map<Way, Double> millis) {
        final double peer = millis.getOrDefault(Way.ONNXRUNTIME, Double.NaN);
        final StringBuilder line = new StringBuilder(tokens + " tokens:");
        millis.forEach((way, time) -> line.append(String.format(
                Locale.ROOT,
                " %s %.3f ms (%,.0f tokens/s, %.2f x ONNX Runtime);",
                way.name().toLowerCase(Locale.ROOT).replace('_', ' '),
                time,
                tokens / time * 1e3,
                peer / time)));
        return line.toString();
    }
}
