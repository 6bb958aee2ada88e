package dev.tilesmith.processor.asm.x86;

import dev.tilesmith.processor.asm.CpuNeeds;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.stream.Stream;

/**
 * Reads a line of the opcode table, as {@code EVEX.66.0F38.W0 50 RVM v{kz} v vm/b32 : AVX512_VNNI}: fields of the prefix,
 * opcode (with {@code /digit} where ModRM.reg is fixed, {@code /11:rrr:000} where ModRM.rm is, {@code /11:000:000} where
 * both are), roles of the operands, operands, CPU features. A line that follows the grammar and yet cannot be encoded is refused
 * by {@link FormRules}.
 *
 * <ul>
 *   <li>Prefix: {@code L} (legacy), {@code VEX}, {@code VEX!} (a CPU feature of its own) or {@code EVEX}; then mandatory
 *       prefix, map and W as in the SDM, each left out where zero; then a vector width ({@code 128}, {@code 256},
 *       {@code 512}, or none for scalars), or the widths that operands {@code v} may have ({@code YZ}; default all).
 *   <li>Operand: {@code r8 r16 r32 r64 eax rax k}, {@code x y z}, {@code v} (a vector of the instruction's width),
 *       {@code h q o} (half, quarter, eighth of it); {@code m} and a size for memory, alone or after a register:
 *       {@code rm32 xm64 vm m128}, {@code mv} for a whole vector, {@code m} for an address. {@code t} is a tile register, {@code
 *       sibmem} rows of a tile in memory. {@code /b32} or {@code /b64} lets memory be repeated. {@code {k}} and {@code {kz}}
 *       take a write mask, {@code {er}} and {@code {sae}} take a rounding after the operand.
 *   <li>Constants: {@code i8} (either sign), {@code s8 s32} (sign-extended), {@code i32} (either sign), {@code i64},
 *       {@code one}; {@code rel8 rel32} for labels.
 *   <li>CPU features after a colon, as {@link CpuNeeds#parse} reads them; where those for vectors of 256 bits are others, they
 *       follow a slash: {@code AVX/AVX2}. Left out where they are those of the prefix: none, {@code AVX} for VEX, {@code
 *       AVX512} for EVEX.
 * </ul>
 */
final class FormParser {
    private static final java.util.regex.Pattern PLACE = java.util.regex.Pattern.compile(
            "(?=[^/{])(?:(r)(?=m)|(r8|r16|r32|r64|eax|rax|[ktxyzvhqo]))?(?:(m)([vhqo]|\\d*)|(sibmem))?"
                    + "(?:/b(32|64))?(\\{kz?\\})?");

    /** Code, then ModRM.reg alone, or mod, reg and rm in bits. */
    private static final java.util.regex.Pattern OPCODE =
            java.util.regex.Pattern.compile("([0-9A-F]{2})(?:/([0-7])|/11:(rrr|[01]{3}):([01]{3}))?");

    private static final List<String> MANDATORY = List.of("66", "F3", "F2");
    private static final List<String> MAPS = List.of("0F", "0F38", "0F3A");
    private static final List<String> W = List.of("W0", "W1");
    private static final List<String> LENGTHS = List.of("128", "256", "512", "YZ");

    private static final Map<String, Pattern> CONSTANTS = Map.of(
            "i8", new Pattern.Constant(1, -128, 255),
            "s8", new Pattern.Constant(1, -128, 127),
            "i32", new Pattern.Constant(4, Integer.MIN_VALUE, 0xFFFF_FFFFL),
            "s32", new Pattern.Constant(4, Integer.MIN_VALUE, Integer.MAX_VALUE),
            "i64", new Pattern.Constant(8, Long.MIN_VALUE, Long.MAX_VALUE),
            "one", new Pattern.Constant(0, 1, 1),
            "rel8", new Pattern.Distance(1),
            "rel32", new Pattern.Distance(4));

    private final String line;
    private final List<Pattern> operands = new ArrayList<>();
    private Optional<Rounding> rounding = Optional.empty();
    private int roundingAfter;

    private FormParser(String line) {
        this.line = line;
    }

    /** Reads one line; a line that does not follow the grammar is an error of the table. */
    static Form parse(String line) {
        return new FormRules(line, new FormParser(line).form()).checked();
    }

    private Form form() {
        final List<String> parts = List.of(line.split(" : "));
        final List<String> words = List.of(parts.get(0).split(" "));
        final List<String> fields = fields(words.get(0));
        final String roles = words.get(2).equals("ZO") ? "" : words.get(2);
        words.subList(3, words.size()).forEach(this::operand);
        if (roles.length() != operands.size()) {
            throw new IllegalArgumentException(
                    "form \"" + line + "\" has " + operands.size() + " operands; its roles want " + roles.length());
        }
        final String name = fields.get(0);
        final Prefix prefix = name.equals("L") ? Prefix.LEGACY : Prefix.valueOf(name.replace("!", ""));
        final List<CpuNeeds> needs = parts.size() == 1
                ? List.of(needs(prefix))
                : Stream.of(parts.get(1).split("/")).map(CpuNeeds::parse).toList();
        final Matcher opcode = OPCODE.matcher(words.get(1));
        if (!opcode.matches()) {
            throw new IllegalArgumentException("form \"" + line + "\" has no opcode \"" + words.get(1) + "\"");
        }
        return new Form(
                prefix,
                name.endsWith("!"),
                oneOf(fields, MANDATORY),
                oneOf(fields, MAPS),
                fields.contains("W1"),
                List.of(0, 128, 256, 512, 0).get(oneOf(fields, LENGTHS)),
                widths(fields),
                Integer.parseInt(opcode.group(1), 16),
                digit(opcode),
                opcode.group(4) == null ? -1 : Integer.parseInt(opcode.group(4), 2),
                roles,
                List.copyOf(operands),
                needs.getFirst(),
                needs.getLast(),
                rounding,
                roundingAfter);
    }

    /** The fields of a prefix, of each kind one at most. */
    private List<String> fields(String word) {
        final List<String> fields = List.of(word.split("\\."));
        final List<String> rest = new ArrayList<>(fields.subList(1, fields.size()));
        for (final List<String> kind : List.of(MANDATORY, MAPS, W, LENGTHS)) {
            rest.stream().filter(kind::contains).findFirst().ifPresent(rest::remove);
        }
        if (!rest.isEmpty()) {
            throw new IllegalArgumentException("form \"" + line + "\" has a field too many: " + rest.getFirst());
        }
        return fields;
    }

    /** ModRM.reg where it is fixed, else -1. */
    private static int digit(Matcher opcode) {
        if (opcode.group(2) != null) {
            return Integer.parseInt(opcode.group(2));
        }
        return opcode.group(3) == null || opcode.group(3).equals("rrr") ? -1 : Integer.parseInt(opcode.group(3), 2);
    }

    /** What the prefix alone needs. */
    private static CpuNeeds needs(Prefix prefix) {
        return switch (prefix) {
            case LEGACY -> CpuNeeds.NONE;
            case VEX -> CpuNeeds.parse("AVX");
            case EVEX -> CpuNeeds.parse("AVX512");
        };
    }

    /** One more than the index of the name that is among the fields, 0 if none is. */
    private static int oneOf(List<String> fields, List<String> names) {
        return names.stream()
                        .filter(fields::contains)
                        .findFirst()
                        .map(names::indexOf)
                        .orElse(-1)
                + 1;
    }

    private static Set<Integer> widths(List<String> fields) {
        final Set<Integer> widths = new TreeSet<>(fields.contains("YZ") ? Set.of(256, 512) : Set.of(128, 256, 512));
        if (!fields.get(0).equals("EVEX")) {
            widths.remove(512);
        }
        return java.util.Collections.unmodifiableSet(widths);
    }

    private void operand(String word) {
        String rest = word;
        for (final Rounding kind : List.of(Rounding.SAE, Rounding.RN_SAE)) {
            final String suffix = kind == Rounding.SAE ? "{sae}" : "{er}";
            if (rest.endsWith(suffix)) {
                rest = rest.substring(0, rest.length() - suffix.length());
                rounding = Optional.of(kind);
                roundingAfter = operands.size();
            }
        }
        operands.add(CONSTANTS.containsKey(rest) ? CONSTANTS.get(rest) : place(rest));
    }

    private Pattern.Place place(String word) {
        final Matcher matcher = PLACE.matcher(word);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("form \"" + line + "\" has no operand \"" + word + "\"");
        }
        final String masking = group(matcher, 7);
        return new Pattern.Place(
                registers(matcher),
                memory(matcher),
                matcher.group(6) == null ? 0 : Integer.parseInt(matcher.group(6)) / 8,
                switch (masking) {
                    case "{k}" -> Pattern.Masking.MERGING;
                    case "{kz}" -> Pattern.Masking.ZEROING;
                    default -> Pattern.Masking.NONE;
                });
    }

    private static Pattern.RegisterClass registers(Matcher matcher) {
        final String name = matcher.group(1) == null ? group(matcher, 2) : "r" + group(matcher, 4);
        return name.isEmpty()
                ? Pattern.RegisterClass.NONE
                : Pattern.RegisterClass.valueOf(name.toUpperCase(java.util.Locale.ROOT));
    }

    private static Pattern.MemorySize memory(Matcher matcher) {
        if (matcher.group(5) != null) {
            return Pattern.MemorySize.ROWS;
        }
        if (matcher.group(3) == null) {
            return Pattern.MemorySize.NONE;
        }
        final String size = group(matcher, 4).isEmpty() ? group(matcher, 2) : group(matcher, 4);
        return switch (size) {
            case "" -> Pattern.MemorySize.ADDRESS;
            case "v" -> new Pattern.MemorySize(0, 1);
            case "h" -> new Pattern.MemorySize(0, 2);
            case "q" -> new Pattern.MemorySize(0, 4);
            case "o" -> new Pattern.MemorySize(0, 8);
            default -> new Pattern.MemorySize(Integer.parseInt(size) / 8, 0);
        };
    }

    private static String group(Matcher matcher, int index) {
        final String text = matcher.group(index);
        return text == null ? "" : text;
    }
}
