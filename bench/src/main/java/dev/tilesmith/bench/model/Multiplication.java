package dev.tilesmith.bench.model;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An instruction that multiplies and adds.
 *
 * @param mnemonic its name
 * @param destination the register, tile or group of vectors that it adds to
 * @param products how many values it multiplies and adds: 0 where that depends on the length of vectors
 */
record Multiplication(String mnemonic, String destination, int products) {
    private static final Pattern VECTOR = Pattern.compile(
            "(fmla|[su]dot|(?:us|su)dot|bfdot|(?:s|u|us)mmla|bfmmla)\\s+(v\\d+)\\.(?:(\\d+)[sdh]|\\d+b)\\b.*");

    /** {@code fmopa za0.s, …} and its like; {@code sdot za.s[w8, 0, vgx4], …}, which adds to vectors of ZA. */
    private static final Pattern SCALABLE = Pattern.compile(
            "((?:f|bf|s|u|us|su)mopa|fmla|fdot|bfdot|[su]dot|(?:us|su)dot)\\s+(za\\d*\\.[shd](?:\\[[^]]*])?).*");

    /** The multiplication that an instruction is, if it is one. */
    static Optional<Multiplication> of(String instruction) {
        final Matcher vector = VECTOR.matcher(instruction);
        if (vector.matches()) {
            final int lanes = Integer.parseInt(vector.group(3));
            return Optional.of(new Multiplication(vector.group(1), vector.group(2), lanes * depth(vector.group(1))));
        }
        final Matcher scalable = SCALABLE.matcher(instruction);
        return scalable.matches()
                ? Optional.of(new Multiplication(scalable.group(1), scalable.group(2), 0))
                : Optional.empty();
    }

    /** Whether it adds to ZA. */
    boolean isScalable() {
        return destination.startsWith("za");
    }

    /** Products that are summed in one lane. */
    private static int depth(String mnemonic) {
        return switch (mnemonic) {
            case "fmla" -> 1;
            case "bfdot" -> 2;
            case "bfmmla", "sdot", "udot", "usdot", "sudot" -> 4;
            default -> 8;
        };
    }
}
