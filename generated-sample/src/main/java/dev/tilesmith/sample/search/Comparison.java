package dev.tilesmith.sample.search;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * Several encodings of one text, side by side: what they find, how fast they are beside the last of them, and how far apart
 * their vectors are.
 */
final class Comparison {
    private static final int HITS = 3;
    private static final int[] LENGTHS = {8, 32, 128};
    private static final double MEASURE_SECONDS = 1.5;

    private final List<Encoding> encodings;
    private final List<int[]> sentences;
    private final List<Timing<List<float[]>>> timings = new ArrayList<>();
    private final List<Index> indexes = new ArrayList<>();

    /** Encodes all passages by each encoding, more than once for the sake of time. */
    Comparison(List<Encoding> encodings, List<String> passages, List<int[]> sentences) throws Exception {
        this.encodings = List.copyOf(encodings);
        this.sentences = List.copyOf(sentences);
        for (final Encoding encoding : encodings) {
            final Timing<List<float[]>> timing = encoding.time(sentences, MEASURE_SECONDS);
            timings.add(timing);
            indexes.add(new Index(passages, timing.result()));
        }
    }

    /** The passages nearest to a query by the first encoding, and what the others say of them. */
    String search(String query, int[] tokens) throws Exception {
        final List<List<Index.Hit>> found = new ArrayList<>();
        final List<float[]> vectors = new ArrayList<>();
        for (int i = 0; i < encodings.size(); i++) {
            vectors.add(encodings.get(i).encode(tokens));
            found.add(indexes.get(i).nearest(vectors.get(i), HITS));
        }
        final StringBuilder text = new StringBuilder("? " + query + "\n");
        for (final Index.Hit hit : found.getFirst()) {
            for (int i = 0; i < encodings.size(); i++) {
                text.append(String.format(Locale.ROOT, "  %.3f", indexes.get(i).score(hit.passage(), vectors.get(i))));
            }
            text.append("  ").append(hit.passage()).append('\n');
        }
        final long sets = found.stream().map(Comparison::passages).distinct().count();
        return text.append(sets == 1 ? "  All find the same " : "  Not all find the same ")
                .append(HITS)
                .append(".\n")
                .toString();
    }

    private static Set<String> passages(List<Index.Hit> hits) {
        return hits.stream().map(Index.Hit::passage).collect(Collectors.toUnmodifiableSet());
    }

    /** Tokens a second on the whole text, and on one sentence of some lengths at a time. */
    String speed() throws Exception {
        final String lengths = IntStream.of(LENGTHS)
                .mapToObj(length -> String.format(Locale.ROOT, "%14s", length + " tokens"))
                .collect(Collectors.joining());
        final StringBuilder text = new StringBuilder(row("tokens/s, one thread", "      the text" + lengths));
        final List<double[]> seconds = new ArrayList<>();
        for (int i = 0; i < encodings.size(); i++) {
            seconds.add(seconds(i));
            text.append(row(encodings.get(i).name(), rates(perSecond(seconds.get(i)))));
        }
        final double[] last = seconds.getLast();
        for (int i = 0; i < encodings.size() - 1; i++) {
            final double[] own = seconds.get(i);
            final double[] faster = IntStream.range(0, last.length)
                    .mapToDouble(j -> last[j] / own[j])
                    .toArray();
            text.append(row(encodings.get(i).name() + ", times", ratios(faster)));
        }
        return text.toString();
    }

    private double[] seconds(int encoding) throws Exception {
        final double[] seconds = new double[LENGTHS.length + 1];
        seconds[0] = timings.get(encoding).bestSeconds();
        for (int i = 0; i < LENGTHS.length; i++) {
            seconds[i + 1] = encodings
                    .get(encoding)
                    .time(List.of(sentence(LENGTHS[i])), MEASURE_SECONDS)
                    .bestSeconds();
        }
        return seconds;
    }

    private double[] perSecond(double[] seconds) {
        final double[] rates = new double[seconds.length];
        rates[0] = sentences.stream().mapToInt(tokens -> tokens.length).sum() / seconds[0];
        for (int i = 0; i < LENGTHS.length; i++) {
            rates[i + 1] = LENGTHS[i] / seconds[i + 1];
        }
        return rates;
    }

    /** So many tokens of the text, over and over if need be, between the special ones that begin and end a sentence. */
    private int[] sentence(int length) {
        final int[] words = sentences.stream()
                .flatMapToInt(tokens -> IntStream.of(tokens).skip(1).limit(tokens.length - 2L))
                .toArray();
        final int[] first = sentences.getFirst();
        final int[] sentence = new int[length];
        sentence[0] = first[0];
        for (int i = 1; i < length - 1; i++) {
            sentence[i] = words[(i - 1) % words.length];
        }
        sentence[length - 1] = first[first.length - 1];
        return sentence;
    }

    /** Distances of the other encodings from one of them. */
    String distances(Encoding from) {
        final List<float[]> theirs = timings.get(encodings.indexOf(from)).result();
        final StringBuilder text = new StringBuilder("Distance from " + from.name() + ":\n");
        for (int i = 0; i < encodings.size(); i++) {
            if (!encodings.get(i).equals(from)) {
                final Cosine cosine = Cosine.between(timings.get(i).result(), theirs);
                text.append(row("  " + encodings.get(i).name(), cosine.toString()));
            }
        }
        return text.toString();
    }

    private static String rates(double... values) {
        return DoubleStream.of(values)
                .mapToObj(value -> String.format(Locale.ROOT, "%,14.0f", value))
                .collect(Collectors.joining());
    }

    private static String ratios(double... values) {
        return DoubleStream.of(values)
                .mapToObj(value -> String.format(Locale.ROOT, "%14.2f", value))
                .collect(Collectors.joining());
    }

    private static String row(String name, String cells) {
        return String.format(Locale.ROOT, "%-29s%s%n", name, cells);
    }
}
