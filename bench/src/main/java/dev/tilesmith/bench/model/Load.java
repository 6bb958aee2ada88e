package dev.tilesmith.bench.model;

import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An instruction that loads vectors.
 *
 * @param vectors registers that it loads
 * @param bytes that it loads into them; for scalable vectors, of {@link #STREAMING_BYTES}
 */
record Load(int vectors, int bytes) {
    /** The streaming vector length that bytes are stated for: 512 bits. */
    static final int STREAMING_BYTES = 64;

    private static final Map<String, Integer> SIZES = Map.of("b", 1, "h", 2, "s", 4, "w", 4, "d", 8, "q", 16, "z", 64);

    /** {@code ldr q0, […]}, {@code ldp q0, q1, […]}, {@code ldr z0, […]}. */
    private static final Pattern WHOLE = Pattern.compile("(ldr|ldur|ldp|ldnp)\\s+([bhsdqz])\\d+,.*");

    /** {@code ld1 {v0.16b, v1.16b}, […]}, {@code ld1w {z0.s-z3.s}, pn8/z, […]}, {@code ld1rqb {z0.b}, p0/z, […]}. */
    private static final Pattern LIST = Pattern.compile("(?:ld|ldnt)1(r?)(q?)([bhwd]?)\\s+\\{\\s*([vz][^}]*)}.*");

    private static final Pattern ELEMENT = Pattern.compile("([vz])(\\d+)\\.(\\d*)([bhsd])");

    /** The load that an instruction is, if it is one of vectors. */
    static Optional<Load> of(String instruction) {
        final Matcher whole = WHOLE.matcher(instruction);
        if (whole.matches()) {
            final int vectors = whole.group(1).endsWith("p") ? 2 : 1;
            return Optional.of(new Load(vectors, vectors * size(whole.group(2))));
        }
        final Matcher list = LIST.matcher(instruction);
        return list.matches() ? Optional.of(ofList(list)) : Optional.empty();
    }

    private static Load ofList(Matcher list) {
        final Matcher element = ELEMENT.matcher(list.group(4));
        if (!element.lookingAt()) {
            throw new IllegalArgumentException("instruction: " + list.group() + "; expected a list of vectors");
        }
        final int vectors = count(list.group(4));
        final int inRegister = size(element.group(4));
        if (!list.group(2).isEmpty()) {
            return new Load(vectors, vectors * size("q"));
        }
        if (!list.group(1).isEmpty()) {
            return new Load(vectors, vectors * (list.group(3).isEmpty() ? inRegister : size(list.group(3))));
        }
        if (element.group(1).equals("z")) {
            return new Load(vectors, vectors * STREAMING_BYTES * size(list.group(3)) / inRegister);
        }
        final int lanes = element.group(3).isEmpty() ? 1 : Integer.parseInt(element.group(3));
        return new Load(vectors, vectors * lanes * inRegister);
    }

    private static int count(String list) {
        if (!list.contains("-")) {
            return list.split(",", -1).length;
        }
        final Matcher register = ELEMENT.matcher(list);
        register.find();
        final int first = Integer.parseInt(register.group(2));
        register.find();
        return Math.floorMod(Integer.parseInt(register.group(2)) - first, 32) + 1;
    }

    private static int size(String letter) {
        return SIZES.getOrDefault(letter, 0);
    }
}
