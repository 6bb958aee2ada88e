package dev.tilesmith.bench.report;

import dev.tilesmith.bench.work.Operation;
import dev.tilesmith.bench.work.ShapeGroup;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Tables of figures and ratios, in markdown that reads well as plain text too. */
public final class MarkdownReport {
    private final String ours;
    private final List<String> impls;
    private final List<Limits> limits;
    private final List<Row> rows;

    /**
     * A report.
     *
     * @param ours the implementation that ratios are of
     * @param impls all implementations, in the order of columns
     * @param limits the machine's limits, for each number of threads
     * @param rows what was measured
     */
    public MarkdownReport(String ours, List<String> impls, List<Limits> limits, List<Row> rows) {
        this.ours = ours;
        this.impls = List.copyOf(impls);
        this.limits = List.copyOf(limits);
        this.rows = List.copyOf(rows);
    }

    /** The whole report. */
    public String text() {
        return Stream.of(limits(), figures(), means()).collect(Collectors.joining("\n"));
    }

    private String limits() {
        final Table table = new Table("threads", "f32 limit, GFLOP/s", "int8 limits, GOP/s", "read bandwidth, GB/s");
        limits.forEach(limit -> table.add(
                Integer.toString(limit.threads()),
                named(limit.ofFloats()),
                limit.ofIntegers().isEmpty()
                        ? "-"
                        : limit.ofIntegers().stream().map(MarkdownReport::named).collect(Collectors.joining(", ")),
                number(limit.readGigabytes())));
        return table.text();
    }

    private String figures() {
        final List<String> head = new ArrayList<>(List.of("format", "m x n x k", "threads"));
        head.addAll(impls);
        head.addAll(List.of("best peer", ours + " / best peer", "of limit", "weights GB/s", "of read bandwidth"));
        final Table table = new Table(head.toArray(String[]::new));
        rows.forEach(row -> table.add(cells(row).toArray(String[]::new)));
        return "10^9 operations a second, median iteration.\n\n" + table.text();
    }

    private List<String> cells(Row row) {
        final List<String> cells = new ArrayList<>(List.of(
                row.work().operation().format(),
                row.work().shape().toString(),
                Integer.toString(row.work().threads())));
        impls.forEach(impl -> cells.add(
                row.by(impl).map(Measurement::gops).map(MarkdownReport::number).orElse("-")));
        final Optional<Measurement> own = row.by(ours);
        cells.add(row.bestBut(ours)
                .map(best -> best.impl() + " (" + best.variant() + ")")
                .orElse("-"));
        cells.add(row.ratio(ours).map(MarkdownReport::ratio).orElse("-"));
        cells.add(own.flatMap(measured ->
                        row.limit().map(limit -> percent(measured.gops() / limit.gops()) + " of " + limit.name()))
                .orElse("-"));
        cells.add(
                row.work().shape().m() == 1
                        ? own.map(measured -> number(measured.weightGigabytes()))
                                .orElse("-")
                        : "");
        cells.add(
                row.readGigabytes() == 0
                        ? ""
                        : own.map(measured -> percent(measured.weightGigabytes() / row.readGigabytes()))
                                .orElse("-"));
        return cells;
    }

    private String means() {
        final Table table =
                new Table("format", "shapes", "threads", "number", "geometric mean of " + ours + " / best peer");
        for (final Operation operation : Operation.values()) {
            final List<Row> alike = rows.stream()
                    .filter(row -> row.work().operation() == operation)
                    .toList();
            limits.stream().map(Limits::threads).forEach(threads -> {
                addMean(table, operation, "all", threads, alike);
                for (final ShapeGroup group : ShapeGroup.values()) {
                    addMean(
                            table,
                            operation,
                            group.toString(),
                            threads,
                            alike.stream()
                                    .filter(row ->
                                            group.shapes().contains(row.work().shape()))
                                    .toList());
                }
            });
        }
        return table.text();
    }

    private void addMean(Table table, Operation operation, String name, int threads, List<Row> among) {
        final List<Double> ratios = among.stream()
                .filter(row -> row.work().threads() == threads)
                .flatMap(row -> row.ratio(ours).stream())
                .toList();
        if (!ratios.isEmpty()) {
            table.add(
                    operation.format(),
                    name,
                    Integer.toString(threads),
                    Integer.toString(ratios.size()),
                    ratio(GeometricMean.of(ratios)));
        }
    }

    private static String named(Limit limit) {
        return limit.name() + " " + number(limit.gops());
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }

    private static String ratio(double value) {
        return String.format(Locale.ROOT, "%.2f", value);
    }

    private static String percent(double value) {
        return String.format(Locale.ROOT, "%.1f %%", 100 * value);
    }
}
