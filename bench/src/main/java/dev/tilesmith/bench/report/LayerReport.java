package dev.tilesmith.bench.report;

import dev.tilesmith.bench.work.Layer;
import dev.tilesmith.bench.work.LayerFormat;
import dev.tilesmith.bench.work.LayerKind;
import dev.tilesmith.bench.work.LayerModel;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Tables of layers: how long each took whom, and the means of ratios of each kind and network. */
public final class LayerReport {
    private static final double NANOS_PER_MICRO = 1e3;

    private final String ours;
    private final List<String> peers;
    private final List<Row> rows;

    /**
     * A layer and all who computed it.
     *
     * @param format in what
     * @param layer which
     * @param contest they
     */
    private record Row(LayerFormat format, Layer layer, Contest contest) {}

    /**
     * A report.
     *
     * @param ours the implementation that ratios are of
     * @param peers all others, in the order of columns
     * @param measurements of layers
     */
    public LayerReport(String ours, List<String> peers, List<Measurement> measurements) {
        this.ours = ours;
        this.peers = List.copyOf(peers);
        final Map<String, List<Measurement>> byWork = measurements.stream()
                .collect(Collectors.groupingBy(
                        measured -> measured.format() + " " + measured.layer(),
                        LinkedHashMap::new,
                        Collectors.toList()));
        this.rows = byWork.values().stream().map(LayerReport::row).toList();
    }

    private static Row row(List<Measurement> measurements) {
        final Measurement first = measurements.getFirst();
        return new Row(LayerFormat.ofFormat(first.format()), Layer.parse(first.layer()), new Contest(measurements));
    }

    /** The whole report. */
    public String text() {
        return "Microseconds of one layer, median iteration.\n\n" + times() + "\n" + means();
    }

    private String times() {
        final List<String> head = new ArrayList<>(List.of("format", "kind", "layer", "m x n x k", ours));
        head.addAll(peers);
        head.add(ours + " / best peer");
        final Table table = new Table(head.toArray(String[]::new));
        rows.forEach(row -> table.add(cells(row).toArray(String[]::new)));
        return table.text();
    }

    private List<String> cells(Row row) {
        final Layer layer = row.layer();
        final List<String> cells = new ArrayList<>(List.of(
                row.format().format(),
                layer.kind().toString(),
                layer.toString(),
                layer.shape().toString(),
                micros(row, ours)));
        peers.forEach(peer -> cells.add(micros(row, peer)));
        cells.add(ratio(row.contest().ratio(ours)));
        return cells;
    }

    private static String micros(Row row, String impl) {
        return row.contest()
                .by(impl)
                .map(measured -> row.layer().operations() / measured.gops() / NANOS_PER_MICRO)
                .map(micros -> String.format(Locale.ROOT, "%.1f", micros))
                .orElse("-");
    }

    private String means() {
        final List<String> head = new ArrayList<>(List.of("format", "kind", "layers of", "number"));
        head.add("geometric mean of " + ours + " / best peer");
        peers.forEach(peer -> head.add(ours + " / " + peer));
        head.add("least");
        final Table table = new Table(head.toArray(String[]::new));
        for (final LayerFormat format : LayerFormat.values()) {
            for (final LayerKind kind : LayerKind.values()) {
                final Predicate<Row> alike =
                        row -> row.format() == format && row.layer().kind() == kind;
                addMeans(table, format, kind, "all", alike);
                for (final LayerModel model : LayerModel.values()) {
                    addMeans(table, format, kind, model.toString(), alike.and(row -> model.layers()
                            .contains(row.layer())));
                }
            }
        }
        return table.text();
    }

    private void addMeans(Table table, LayerFormat format, LayerKind kind, String name, Predicate<Row> wanted) {
        final List<Contest> contests =
                rows.stream().filter(wanted).map(Row::contest).toList();
        final List<Double> ratios = ratios(contests, contest -> contest.ratio(ours));
        if (ratios.isEmpty()) {
            return;
        }
        final List<String> cells = new ArrayList<>(
                List.of(format.format(), kind.toString(), name, Integer.toString(ratios.size()), mean(ratios)));
        peers.forEach(peer -> cells.add(mean(ratios(contests, contest -> contest.ratio(ours, peer)))));
        cells.add(ratio(ratios.stream().min(Double::compare)));
        table.add(cells.toArray(String[]::new));
    }

    private static List<Double> ratios(List<Contest> contests, Function<Contest, Optional<Double>> ratio) {
        return contests.stream()
                .flatMap(contest -> ratio.apply(contest).stream())
                .toList();
    }

    private static String mean(List<Double> ratios) {
        return ratios.isEmpty() ? "-" : ratio(Optional.of(GeometricMean.of(ratios)));
    }

    private static String ratio(Optional<Double> value) {
        return value.map(ratio -> String.format(Locale.ROOT, "%.2f", ratio)).orElse("-");
    }
}
