package dev.tilesmith.bench.work;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A product of attention for each head: written {@code HEADSxTOKENSxWIDTH-keys} or {@code -values}.
 *
 * @param heads how many products
 * @param tokens how many tokens, all of which look at all
 * @param width of a head
 * @param right what queries or probabilities are multiplied by
 */
public record BatchProduct(int heads, int tokens, int width, Right right) implements Layer {
    private static final Pattern TEXT = Pattern.compile("(\\d{1,6})x(\\d{1,6})x(\\d{1,6})-(keys|values)");

    /** The right operand. */
    public enum Right {
        /** {@code Q · Kᵀ}: a row of {@code width} values for each token, which are columns of the product's right operand. */
        KEYS,
        /** {@code P · V}: a row of {@code width} values for each token. */
        VALUES;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    static Optional<BatchProduct> find(String text) {
        final Matcher parts = TEXT.matcher(text);
        return !parts.matches()
                ? Optional.empty()
                : Arrays.stream(Right.values())
                        .filter(right -> right.toString().equals(parts.group(4)))
                        .map(right -> new BatchProduct(
                                Integer.parseInt(parts.group(1)),
                                Integer.parseInt(parts.group(2)),
                                Integer.parseInt(parts.group(3)),
                                right))
                        .findFirst();
    }

    @Override
    public LayerKind kind() {
        return LayerKind.BATCH;
    }

    @Override
    public Shape shape() {
        return switch (right) {
            case KEYS -> new Shape(tokens, tokens, width);
            case VALUES -> new Shape(tokens, width, tokens);
        };
    }

    @Override
    public int count() {
        return heads;
    }

    @Override
    public long srcFloats() {
        return rows() * shape().k();
    }

    @Override
    public long weightsFloats() {
        return (long) heads * tokens * width;
    }

    @Override
    public double exact(MemorySegment src, MemorySegment weights, long row, int column) {
        final int k = shape().k();
        final long first = row / tokens * tokens * width;
        double sum = 0;
        for (int p = 0; p < k; p++) {
            final long at =
                    switch (right) {
                        case KEYS -> (long) column * width + p;
                        case VALUES -> (long) p * width + column;
                    };
            sum += (double) Operands.get(src, row * k + p) * Operands.get(weights, first + at);
        }
        return sum;
    }

    @Override
    public String toString() {
        return heads + "x" + tokens + "x" + width + "-" + right;
    }
}
