package dev.tilesmith.bench.report;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A markdown table with columns as wide as their widest cell. */
public final class Table {
    private final List<List<String>> lines = new ArrayList<>();

    /** A table without lines as yet. */
    public Table(String... head) {
        lines.add(List.of(head));
    }

    /** Adds a line, of as many cells as the head has. */
    public void add(String... cells) {
        if (cells.length != lines.getFirst().size()) {
            throw new IllegalArgumentException(
                    "cells: " + cells.length + "; expected " + lines.getFirst().size());
        }
        lines.add(List.of(cells));
    }

    /** Whether it has no lines. */
    public boolean isEmpty() {
        return lines.size() == 1;
    }

    /** The table, each line ended. */
    public String text() {
        final List<Integer> widths = IntStream.range(0, lines.getFirst().size())
                .mapToObj(column -> lines.stream()
                        .mapToInt(line -> line.get(column).length())
                        .max()
                        .orElse(0))
                .toList();
        final StringBuilder text = new StringBuilder(line(lines.getFirst(), widths));
        text.append(line(widths.stream().map("-"::repeat).toList(), widths));
        lines.stream().skip(1).map(cells -> line(cells, widths)).forEach(text::append);
        return text.toString();
    }

    private static String line(List<String> cells, List<Integer> widths) {
        return IntStream.range(0, cells.size())
                .mapToObj(column -> cells.get(column)
                        + " ".repeat(widths.get(column) - cells.get(column).length()))
                .collect(Collectors.joining(" | ", "| ", " |\n"));
    }
}
