package dev.tilesmith.processor.asm.aarch64;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The bits of an instruction, from the highest: literal ones, and fields as {@code name:width}, or {@code name:s9} where
 * the highest bit is a sign. A field that stands twice holds the same twice.
 */
final class Diagram {
    private static final int BITS = 32;

    private final String text;
    private final Map<String, List<Integer>> shifts = new LinkedHashMap<>();
    private final Map<String, Integer> widths = new LinkedHashMap<>();
    private final Set<String> signed = new LinkedHashSet<>();
    private final Set<String> used = new LinkedHashSet<>();
    private int fixed;

    Diagram(String text) {
        this.text = text;
        int left = BITS;
        for (final String token : List.of(text.strip().split(" +"))) {
            left -= width(token);
            if (left < 0) {
                break;
            }
            if (isLiteral(token)) {
                fixed |= (int) (Long.parseLong(token, 2) << left);
            } else {
                field(token, left);
            }
        }
        if (left != 0) {
            throw new IllegalArgumentException(
                    "diagram \"" + text + "\" has " + (BITS - left) + " bits; it must have 32");
        }
    }

    private static boolean isLiteral(String token) {
        return token.chars().allMatch(c -> c == '0' || c == '1');
    }

    private static int width(String token) {
        return isLiteral(token)
                ? token.length()
                : Integer.parseInt(token.substring(token.indexOf(':') + 1).replace("s", ""));
    }

    private void field(String token, int shift) {
        final String name = token.substring(0, token.indexOf(':'));
        shifts.computeIfAbsent(name, _ -> new ArrayList<>()).add(shift);
        widths.put(name, width(token));
        if (token.charAt(name.length() + 1) == 's') {
            signed.add(name);
        }
    }

    int fixed() {
        return fixed;
    }

    boolean has(String name) {
        return widths.containsKey(name);
    }

    /** The field of parts joined by colons; parts of zeros stand nowhere and must be zero. */
    Field field(String names) {
        final List<Field.Part> parts = new ArrayList<>();
        final List<String> split = List.of(names.split(":"));
        for (final String name : split) {
            if (isLiteral(name)) {
                parts.add(new Field.Part(name.length(), List.of()));
            } else if (has(name)) {
                used.add(name);
                parts.add(new Field.Part(widths.get(name), List.copyOf(shifts.get(name))));
            } else {
                throw new IllegalArgumentException("diagram \"" + text + "\" has no field " + name);
            }
        }
        return new Field(names, List.copyOf(parts), signed.contains(split.getFirst()));
    }

    /** Fields that nothing has asked for. */
    Set<String> unused() {
        final Set<String> unused = new LinkedHashSet<>(widths.keySet());
        unused.removeAll(used);
        return unused;
    }
}
