package dev.tilesmith.processor.asm.aarch64;

import dev.tilesmith.processor.asm.CpuNeeds;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads a table of forms: a form on each line, as {@link FormParser} has them, blank lines and remarks after //. What
 * forms have in common that differ by the kind of element alone is a set of rows:
 *
 * <pre>
 * set fp T Q sz = 2s 0 0 / 4s 1 0 / 2d 1 1
 * &#64;fp fadd Vd.&lt;T&gt;, Vn.&lt;T&gt;, Vm.&lt;T&gt; = 0 &lt;Q&gt; 0 01110 0 &lt;sz&gt; 1 Rm:5 11010 1 Rn:5 Rd:5
 * </pre>
 *
 * <p>A form with a set is one form for each row. An underscore in a row stands for a space, '' for nothing. What a row has in
 * the column {@code needs} a CPU must have for its form, beside what the table needs and other sets of the form do.
 */
final class FormTable {
    private static final String NEEDS = "needs";

    private final CpuNeeds needs;
    private final Map<String, List<Map<String, String>>> sets = new HashMap<>();
    private final List<FormLine> lines = new ArrayList<>();

    private FormTable(CpuNeeds needs) {
        this.needs = needs;
    }

    /** The forms of a table, in its order, still to be parsed; {@code needs} a CPU must have for any of them. */
    static List<FormLine> read(CpuNeeds needs, String text) {
        final FormTable table = new FormTable(needs);
        text.lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty() && !line.startsWith("//"))
                .forEach(table::line);
        return table.lines;
    }

    private void line(String line) {
        if (line.startsWith("set ")) {
            set(line);
        } else {
            expand(line, Map.of(), needs);
        }
    }

    private void set(String line) {
        final int equals = line.indexOf(" = ");
        final List<String> head = List.of(line.substring(0, equals).split(" +"));
        final List<String> columns = head.subList(2, head.size());
        final List<Map<String, String>> rows = new ArrayList<>();
        for (final String row : List.of(line.substring(equals + 3).split(" / "))) {
            final List<String> cells = List.of(row.strip().split(" +"));
            if (cells.size() != columns.size()) {
                throw new IllegalArgumentException("row \"" + row + "\" of set " + head.get(1) + " has " + cells.size()
                        + " cells; it must have " + columns.size());
            }
            final Map<String, String> values = new LinkedHashMap<>();
            for (int i = 0; i < columns.size(); i++) {
                values.put(
                        columns.get(i),
                        cells.get(i).equals("''") ? "" : cells.get(i).replace('_', ' '));
            }
            rows.add(values);
        }
        sets.put(head.get(1), rows);
    }

    private void expand(String line, Map<String, String> values, CpuNeeds needed) {
        if (!line.startsWith("@")) {
            lines.add(new FormLine(needed, line, values));
            return;
        }
        final int space = line.indexOf(' ');
        final List<Map<String, String>> rows = sets.get(line.substring(1, space));
        if (rows == null) {
            throw new IllegalArgumentException("form \"" + line + "\" names a set that is not there");
        }
        for (final Map<String, String> row : rows) {
            final Map<String, String> all = new LinkedHashMap<>(values);
            all.putAll(row);
            final String more = row.getOrDefault(NEEDS, "");
            expand(line.substring(space).strip(), all, more.isEmpty() ? needed : needed.and(CpuNeeds.parse(more)));
        }
    }
}
