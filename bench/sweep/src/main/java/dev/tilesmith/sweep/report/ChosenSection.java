package dev.tilesmith.sweep.report;

import dev.tilesmith.sweep.report.markup.Element;
import dev.tilesmith.sweep.report.markup.Node;
import dev.tilesmith.sweep.report.record.Chosen;
import dev.tilesmith.sweep.report.record.SweepResults;
import dev.tilesmith.tune.ShapeClass;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** What was chosen for each class of shapes, and how clearly. */
final class ChosenSection {
    private static final List<String> HEAD = List.of("class", "chosen", "GOP/s", "runner-up", "GOP/s", "ahead by");
    private static final List<String> DUEL_HEAD = List.of(
            "shape", "chosen, GOP/s", "at least", "at most", "runner-up, GOP/s", "at least", "at most", "intervals");

    private ChosenSection() {}

    static Section of(SweepResults sweep) {
        final List<Chosen> picks = inOrder(sweep);
        final List<Node> body = new ArrayList<>();
        if (picks.isEmpty()) {
            body.add(Section.words("Nothing was chosen yet."));
            return new Section("chosen", "What was chosen", body);
        }
        body.add(Table.of(
                "The best variant of each class of shapes",
                HEAD,
                picks.stream().map(ChosenSection::row).toList()));
        final List<Duel> duels =
                picks.stream().flatMap(pick -> Duel.of(sweep, pick).stream()).toList();
        if (!duels.isEmpty()) {
            body.add(Section.figure(
                    "Chosen and runner-up",
                    DuelChart.of(duels).svg(),
                    List.of(
                            Section.words("The interval of a median’s confidence, as a share of the speed of what was"
                                    + " chosen. Where the two overlap, another sweep may choose the other."),
                            Legend.of(List.of(
                                    Legend.item("key chosen", "chosen"), Legend.item("key next", "runner-up")))),
                    Table.of(
                            "Chosen and runner-up at each shape",
                            DUEL_HEAD,
                            duels.stream().map(ChosenSection::row).toList())));
        }
        return new Section("chosen", "What was chosen", body);
    }

    /** The classes in their own order, whatever the file's. */
    static List<Chosen> inOrder(SweepResults sweep) {
        return sweep.chosen().stream()
                .sorted(Comparator.comparingInt(pick -> ShapeClass.all().indexOf(pick.shape())))
                .toList();
    }

    private static Element row(Chosen pick) {
        final List<Element> cells = new ArrayList<>(List.of(
                Table.head(pick.shape().name()),
                Table.cell(pick.variant().name()),
                Table.number(pick.gops(), Figure.speed(pick.gops()))));
        pick.next()
                .ifPresentOrElse(
                        next -> cells.addAll(List.of(
                                Table.cell(next.variant().name()),
                                Table.number(next.gops(), Figure.speed(next.gops())),
                                Table.number(
                                        pick.gops() / next.gops() - 1, Figure.percent(pick.gops() / next.gops() - 1)))),
                        () -> cells.addAll(List.of(Table.cell("none"), Table.none(), Table.none())));
        return Table.row(cells).with("data-class", pick.shape().name());
    }

    private static Element row(Duel duel) {
        return Table.row(List.of(
                Table.head(duel.name()),
                Table.number(duel.best().gops(), Figure.speed(duel.best().gops())),
                Table.number(duel.best().lowGops(), Figure.speed(duel.best().lowGops())),
                Table.number(duel.best().highGops(), Figure.speed(duel.best().highGops())),
                Table.number(duel.next().gops(), Figure.speed(duel.next().gops())),
                Table.number(duel.next().lowGops(), Figure.speed(duel.next().lowGops())),
                Table.number(duel.next().highGops(), Figure.speed(duel.next().highGops())),
                Table.cell(duel.verdict())));
    }
}
