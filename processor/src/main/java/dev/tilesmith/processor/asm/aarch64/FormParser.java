package dev.tilesmith.processor.asm.aarch64;

import dev.tilesmith.processor.asm.CpuNeeds;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.stream.Stream;

/**
 * Reads a line of a table, as {@code add Xd|SP, Xn|SP, #imm12 = 1 0 0 100010 0 imm12:12 Rn:5 Rd:5}: operands as the Arm
 * ARM writes them, and the {@link Diagram}. A register's letter names its field: {@code Xd} is in {@code Rd}, {@code Zm}
 * in {@code Zm}.
 *
 * <ul>
 *   <li>Numbers: a field, fields joined by colons, {@code 8*imm}, {@code imm+1}, {@code 64-imm}; a range after it narrows
 *       it, {@code imm{0..4}}.
 *   <li>{@code Xd Wd Xd|SP Sd Vd.4s Zd.s Pg/m PNg/z ZA(n).s}, elements {@code Vn.s[i]}. {@code Z(expr).s} where the
 *       field's number is not the register's.
 *   <li>Lists: {@code {Vt.4s+2}} two in a row, {@code {Zt.s*2}} the first a multiple of two (the field has the multiple),
 *       {@code {Z(expr).s^2}} 16/2 apart.
 *   <li>ZA: {@code ZA(n)h.s[W12+Rs, off]}, {@code ZA.s[W8+Rv, off, vgx2]}, {@code 2*off:2} for two from a multiple of two,
 *       {@code {tiles(imm8)}}.
 *   <li>Memory: {@code [Xn|SP]}, {@code [Xn|SP, #n]}, {@code [Xn|SP, #n]!}, {@code [Xn|SP],#n}, {@code [Xn|SP],Xm},
 *       {@code [Xn|SP, Xm, lsl #3]}, {@code [Xn|SP, #n, mul vl]}.
 *   <li>Constants: {@code #n}, {@code #bits64(field)} and {@code #left64(immr,imms)}, {@code #bytes(field)},
 *       {@code #float(field)}, {@code #0.0}; modifiers {@code lsl #n}; {@code label(n)}; names {@code cond(field)}.
 * </ul>
 */
final class FormParser {
    private static final String NUMBER = "([\\w:*+-]+(?:\\{-?\\d+\\.\\.-?\\d+\\})?)";
    private static final java.util.regex.Pattern LINEAR = java.util.regex.Pattern.compile(
            "(?:(-?\\d+)(\\*|-))?([a-zA-Z]\\w*(?::\\w+)*)(?:\\+(\\d+))?(?:\\{(-?\\d+)\\.\\.(-?\\d+)\\})?");
    private static final java.util.regex.Pattern PRODUCT = java.util.regex.Pattern.compile("(-?\\d+)(?:\\*(\\d+))?");
    private static final java.util.regex.Pattern GENERAL =
            java.util.regex.Pattern.compile("([XW])([a-z]\\w*)(\\|SP)?(?:\\{(\\d+)\\.\\.(\\d+)\\})?");
    private static final java.util.regex.Pattern SCALAR = java.util.regex.Pattern.compile("([BHSDQ])([a-z]\\w*)");
    private static final java.util.regex.Pattern VECTOR = java.util.regex.Pattern.compile(
            "([VZ])([a-z]\\w*|\\([\\w:]+\\))(\\.\\d*[bhsdq])?(?:\\[" + NUMBER + "\\])?");
    private static final java.util.regex.Pattern PREDICATE =
            java.util.regex.Pattern.compile("(P|PN)([a-z]\\w*)(/[mz]|\\.[bhsd])?(?:\\[" + NUMBER + "\\])?");
    private static final java.util.regex.Pattern TILE = java.util.regex.Pattern.compile("ZA\\((\\w+)\\)\\.([bhsdq])");
    private static final java.util.regex.Pattern SLICES = java.util.regex.Pattern.compile(
            "(\\{)?ZA\\((\\w+)\\)([hv])\\.([bhsdq])\\[W(\\d+)\\+(\\w+), ([\\w*]+)(?::(\\d))?\\]\\}?");
    private static final java.util.regex.Pattern VECTORS = java.util.regex.Pattern.compile(
            "ZA(?:\\.([bhsdq]))?\\[W(\\d+)\\+(\\w+), ([\\w*]+)(?::(\\d))?(?:, vgx(\\d))?\\]");
    private static final java.util.regex.Pattern LIST = java.util.regex.Pattern.compile(
            "\\{([VZ])([a-z]\\w*|\\([\\w:]+\\))(\\.\\d*[bhsdq])?(?:([+*^])(\\d))?\\}(?:\\[" + NUMBER + "\\])?");
    private static final java.util.regex.Pattern CALL =
            java.util.regex.Pattern.compile("([#{]?[a-z]+?)(\\d*)\\(([^)]+)\\)\\}?");
    private static final java.util.regex.Pattern MODIFIER = java.util.regex.Pattern.compile("([a-z]+) #" + NUMBER);
    private static final java.util.regex.Pattern AWAY =
            java.util.regex.Pattern.compile("\\[Xn\\|SP(?:, #" + NUMBER + "(, mul vl)?)?\\](!)?");
    private static final java.util.regex.Pattern AFTER = java.util.regex.Pattern.compile("\\[Xn\\|SP\\],#" + NUMBER);
    private static final java.util.regex.Pattern AFTER_BY = java.util.regex.Pattern.compile("\\[Xn\\|SP\\],(.+)");
    private static final java.util.regex.Pattern AWAY_BY =
            java.util.regex.Pattern.compile("\\[Xn\\|SP, ([XW]\\w+(?:\\{[^}]+\\})?)(?:, ([a-z]+)(?: #(\\d))?)?\\]");

    private final CpuNeeds needs;
    private final String line;
    private final Diagram diagram;

    private FormParser(CpuNeeds needs, String line) {
        this.needs = needs;
        this.line = line;
        this.diagram = new Diagram(line.substring(line.indexOf(" = ") + 3));
    }

    /** Reads one line; a line that does not follow the grammar is an error of the table. */
    static Form parse(CpuNeeds needs, String line) {
        try {
            return new FormParser(needs, line).form();
        } catch (IllegalArgumentException wrong) {
            throw new IllegalArgumentException("form \"" + line + "\": " + wrong.getMessage(), wrong);
        }
    }

    private Form form() {
        final String syntax = line.substring(0, line.indexOf(" = ")).strip();
        final int space = syntax.indexOf(' ');
        final String mnemonic = space < 0 ? syntax : syntax.substring(0, space);
        final List<Pattern> operands = space < 0
                ? List.of()
                : split(syntax.substring(space).strip()).stream()
                        .map(this::operand)
                        .toList();
        if (!diagram.unused().isEmpty()) {
            throw new IllegalArgumentException("no operand says " + diagram.unused());
        }
        return new Form(needs, mnemonic, line, operands, diagram.fixed());
    }

    /** At commas with a space after them, outside brackets and braces. */
    private static List<String> split(String operands) {
        final List<String> parts = new ArrayList<>();
        int depth = 0;
        int from = 0;
        for (int i = 0; i < operands.length(); i++) {
            switch (operands.charAt(i)) {
                case '[', '{' -> depth++;
                case ']', '}' -> depth--;
                case ' ' -> {
                    if (depth == 0 && operands.charAt(i - 1) == ',') {
                        parts.add(operands.substring(from, i - 1));
                        from = i + 1;
                    }
                }
                default -> {} // Part of an operand.
            }
        }
        parts.add(operands.substring(from));
        return parts;
    }

    private Pattern operand(String text) {
        return Stream.<Optional<? extends Pattern>>of(
                        general(text),
                        match(SCALAR, text).map(this::scalar),
                        match(TILE, text).map(this::tile),
                        match(SLICES, text).map(this::slices),
                        match(VECTORS, text).map(this::vectors),
                        match(VECTOR, text).map(this::vector),
                        match(PREDICATE, text).map(this::predicate),
                        match(LIST, text).map(this::list),
                        address(text),
                        match(MODIFIER, text).map(this::modifier),
                        constant(text),
                        match(CALL, text).map(this::call))
                .<Pattern>flatMap(Optional::stream)
                .findFirst()
                .orElseGet(() -> word(text));
    }

    private static Optional<Matcher> match(java.util.regex.Pattern pattern, String text) {
        return Optional.of(pattern.matcher(text)).filter(Matcher::matches);
    }

    private static Optional<String> group(Matcher matcher, int index) {
        return Optional.ofNullable(matcher.group(index));
    }

    private Value value(String text) {
        final Matcher product = PRODUCT.matcher(text);
        if (product.matches()) {
            return Value.constant(Long.parseLong(product.group(1))
                    * group(product, 2).map(Long::parseLong).orElse(1L));
        }
        final Matcher linear = LINEAR.matcher(text);
        if (!linear.matches()) {
            throw new IllegalArgumentException("\"" + text + "\" is no number");
        }
        final long first = group(linear, 1).map(Long::parseLong).orElse(1L);
        final boolean minus = group(linear, 2).filter("-"::equals).isPresent();
        final Value value = Value.of(
                diagram.field(linear.group(3)),
                minus ? -1 : first,
                minus ? first : group(linear, 4).map(Long::parseLong).orElse(0L));
        return group(linear, 5)
                .map(least -> value.within(Long.parseLong(least), Long.parseLong(linear.group(6))))
                .orElse(value);
    }

    private Optional<Pattern.General> general(String text) {
        return match(GENERAL, text).map(m -> {
            final Value index = Value.of(diagram.field("R" + m.group(2)), 1, 0);
            return new Pattern.General(
                    m.group(1).equals("X") ? 64 : 32,
                    m.group(3) != null,
                    group(m, 4)
                            .map(least -> index.within(Long.parseLong(least), Long.parseLong(m.group(5))))
                            .orElse(index));
        });
    }

    private Pattern scalar(Matcher m) {
        final String field = (diagram.has("R" + m.group(2)) ? "R" : "V") + m.group(2);
        return new Pattern.Numbered(
                new Shape(m.group(1).toLowerCase(Locale.ROOT), ""), Value.of(diagram.field(field), 1, 0));
    }

    private Pattern tile(Matcher m) {
        return new Pattern.Numbered(new Shape("za", "." + m.group(2)), value(m.group(1)));
    }

    private Pattern slices(Matcher m) {
        return new Pattern.Slices(
                ElementSize.valueOf(m.group(4).toUpperCase(Locale.ROOT)),
                value(m.group(2)),
                m.group(3).equals("v"),
                select(m.group(5), m.group(6)),
                value(m.group(7)),
                group(m, 8).map(Integer::parseInt).orElse(1),
                m.group(1) != null);
    }

    private Pattern vectors(Matcher m) {
        return new Pattern.Vectors(
                group(m, 1).map(size -> ElementSize.valueOf(size.toUpperCase(Locale.ROOT))),
                select(m.group(2), m.group(3)),
                value(m.group(4)),
                group(m, 5).map(Integer::parseInt).orElse(1),
                group(m, 6).map(Integer::parseInt).orElse(1));
    }

    private Value select(String first, String field) {
        return Value.of(diagram.field(field), 1, Long.parseLong(first));
    }

    private Pattern vector(Matcher m) {
        final Shape shape = shape(m);
        final Value index = index(m, 1);
        return group(m, 4)
                .<Pattern>map(lane -> new Pattern.Lane(shape, index, value(lane)))
                .orElse(new Pattern.Numbered(shape, index));
    }

    private static Shape shape(Matcher m) {
        return new Shape(m.group(1).toLowerCase(Locale.ROOT), group(m, 3).orElse(""));
    }

    private Value index(Matcher m, int scale) {
        final String name = m.group(2);
        if (name.startsWith("(")) {
            return Value.of(diagram.field(name.substring(1, name.length() - 1)), scale, 0);
        }
        final String prefix = m.group(1).equals("V") ? "R" : "Z";
        return Value.of(diagram.field(prefix + name), scale, 0);
    }

    private Pattern list(Matcher m) {
        final int count = group(m, 5).map(Integer::parseInt).orElse(1);
        final String kind = group(m, 4).orElse("+");
        return new Pattern.Listed(
                shape(m),
                index(m, kind.equals("*") ? count : 1),
                count,
                kind.equals("^") ? 16 / count : 1,
                group(m, 6).map(this::value));
    }

    private Pattern predicate(Matcher m) {
        final String prefix = m.group(1);
        final Field field = diagram.field(prefix + m.group(2));
        final Shape shape =
                new Shape(prefix.toLowerCase(Locale.ROOT), group(m, 3).orElse(""));
        final Value index = Value.of(field, 1, prefix.equals("PN") && field.width() == 3 ? 8 : 0);
        return group(m, 4)
                .<Pattern>map(lane -> new Pattern.Lane(shape, index, value(lane)))
                .orElse(new Pattern.Numbered(shape, index));
    }

    private Optional<Pattern> address(String text) {
        if (!text.startsWith("[")) {
            return Optional.empty();
        }
        final Value base = Value.of(diagram.field("Rn"), 1, 0);
        return match(AWAY, text)
                .<Pattern>map(m -> new Pattern.Away(
                        base,
                        m.group(3) != null
                                ? Pattern.Distance.BEFORE
                                : m.group(2) != null ? Pattern.Distance.VECTORS : Pattern.Distance.OFFSET,
                        value(group(m, 1).orElse("0"))))
                .or(() ->
                        match(AFTER, text).map(m -> new Pattern.Away(base, Pattern.Distance.AFTER, value(m.group(1)))))
                .or(() -> match(AFTER_BY, text)
                        .map(m -> new Pattern.ThenBy(base, general(m.group(1)).orElseThrow())))
                .or(() -> match(AWAY_BY, text)
                        .map(m -> new Pattern.AwayBy(
                                base,
                                general(m.group(1)).orElseThrow(),
                                new Modifier(
                                        kind(group(m, 2).orElse("lsl")),
                                        group(m, 3).map(Integer::parseInt).orElse(0)))));
    }

    private static Modifier.Kind kind(String text) {
        return Modifier.Kind.valueOf(text.toUpperCase(Locale.ROOT));
    }

    private Pattern modifier(Matcher m) {
        return new Pattern.Modified(kind(m.group(1)), value(m.group(2)));
    }

    private Optional<Pattern> constant(String text) {
        if (text.equals("#0.0")) {
            return Optional.of(new Pattern.ZeroFloat());
        }
        return text.startsWith("#") && !text.contains("(")
                ? Optional.of(new Pattern.Constant(value(text.substring(1))))
                : Optional.empty();
    }

    private Pattern call(Matcher m) {
        final String argument = m.group(3);
        return switch (m.group(1)) {
            case "#bits" -> new Pattern.Bitmask(Integer.parseInt(m.group(2)), diagram.field(argument));
            case "#left" -> {
                final List<String> fields = List.of(argument.split(","));
                yield new Pattern.LeftShift(
                        Integer.parseInt(m.group(2)), diagram.field(fields.get(0)), diagram.field(fields.get(1)));
            }
            case "#bytes" -> new Pattern.ByteMask(diagram.field(argument));
            case "#float" -> new Pattern.SmallFloat(diagram.field(argument));
            case "{tiles" -> new Pattern.Tiles(value(argument));
            case "label" -> new Pattern.Place(value(argument));
            default ->
                new Pattern.Coded(Pattern.Names.valueOf(m.group(1).toUpperCase(Locale.ROOT)), diagram.field(argument));
        };
    }

    private static Pattern word(String text) {
        return Stream.of(Word.values())
                .filter(word -> word.text().equals(text))
                .findFirst()
                .map(Pattern.Named::new)
                .orElseThrow(() -> new IllegalArgumentException("\"" + text + "\" is no operand"));
    }
}
