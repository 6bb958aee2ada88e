package dev.tilesmith.sweep.report;

import dev.tilesmith.spec.Target;
import dev.tilesmith.sweep.report.markup.Element;
import dev.tilesmith.sweep.report.markup.Node;
import dev.tilesmith.sweep.report.markup.Text;
import dev.tilesmith.sweep.report.record.MeasuredShape;
import dev.tilesmith.sweep.report.record.Result;
import dev.tilesmith.sweep.report.record.SweepResults;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.ToIntFunction;
import java.util.stream.IntStream;

/**
 * Tiles of one target at one shape: a table, whose cells have colours.
 *
 * @param sweep what knows which was chosen
 * @param shape the shape
 * @param best the speed of the fastest there, of any target
 * @param results those of the target, the fastest first; at least one
 */
record HeatMap(SweepResults sweep, MeasuredShape shape, double best, List<Result> results) {
    /** Shares of the fastest at which colours begin; finer where it matters. */
    private static final List<Double> STEPS = List.of(0.0, 0.4, 0.6, 0.75, 0.85, 0.92, 0.97);

    /** What the colours mean. */
    static Element legend() {
        final List<Element> items = new ArrayList<>(IntStream.range(0, STEPS.size())
                .mapToObj(step ->
                        Legend.item("key h" + step, step == 0 ? "less" : Math.round(100 * STEPS.get(step)) + " %"))
                .toList());
        items.add(Legend.item("key ring", "chosen ◆"));
        return Legend.of(items);
    }

    /** The table. */
    Element element() {
        final Target target = results.getFirst().variant().target();
        final List<Integer> columns = extents(result -> result.variant().nr());
        final List<Element> head = new ArrayList<>();
        head.add(Element.of("th", "m × n").with("scope", "col"));
        columns.forEach(nr -> head.add(Element.of("th", columns(nr, target)).with("scope", "col")));
        final List<Element> rows = extents(result -> result.variant().mr()).stream()
                .map(mr -> row(mr, columns))
                .toList();
        final String name = target.code() + " at " + shape.extents();
        return Table.scrolling(
                name,
                Element.of(
                                "table",
                                Element.of("caption", name),
                                Element.of("thead", Element.of("tr", head)),
                                Element.of("tbody", rows))
                        .with("class", "map"));
    }

    private List<Integer> extents(ToIntFunction<Result> extent) {
        return results.stream().mapToInt(extent).distinct().sorted().boxed().toList();
    }

    private static String columns(int nr, Target target) {
        final int lanes = Naming.lanes(target);
        return lanes > 1 && nr % lanes == 0 ? nr + " (" + nr / lanes + "v)" : Integer.toString(nr);
    }

    private Element row(int mr, List<Integer> columns) {
        final List<Element> cells = new ArrayList<>();
        cells.add(Table.head(Integer.toString(mr)));
        columns.forEach(nr -> cells.add(fastest(mr, nr).map(this::cell).orElseGet(() -> Element.of("td", ""))));
        return Table.row(cells);
    }

    private Optional<Result> fastest(int mr, int nr) {
        return results.stream()
                .filter(result ->
                        result.variant().mr() == mr && result.variant().nr() == nr)
                .findFirst();
    }

    private Element cell(Result result) {
        final String mark = (sweep.isChosen(result) ? " ◆" : "") + (result.noisy() ? " ?" : "");
        final List<Node> parts = new ArrayList<>();
        parts.add(Element.of("data", new Text(Figure.speed(result.gops()) + mark))
                .with("value", Double.toString(result.gops())));
        final String schedule = Naming.schedule(result.variant().schedule());
        if (!schedule.isEmpty()) {
            parts.add(Element.of("small", schedule));
        }
        return Element.of("td", parts)
                .with("class", "h" + step(result) + (sweep.isChosen(result) ? " ring" : ""))
                .with("title", result.variant().name() + (result.noisy() ? ", noisy" : ""))
                .with("data-tile", Integer.toString(result.number()));
    }

    private int step(Result result) {
        return (int) STEPS.stream().filter(from -> result.gops() / best >= from).count() - 1;
    }
}
