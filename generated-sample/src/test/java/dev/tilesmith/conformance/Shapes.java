package dev.tilesmith.conformance;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Shapes of products. Where a JVM is emulated and slow, the build asks for few of them by a system property; where a whole
 * machine is, for the fewest.
 */
public final class Shapes {
    private static final Amount ASKED = Amount.of(System.getProperty("conformance.shapes", "all"));

    /** Whether it asks for less than all. */
    static final boolean FEW = ASKED != Amount.ALL;

    /** Whether it asks for no more than it takes. */
    static final boolean FEWEST = ASKED == Amount.FEWEST;

    /** How many shapes. */
    private enum Amount {
        ALL,
        FEW,
        /** So few that the tiles of a family share their depths. */
        FEWEST;

        static Amount of(String asked) {
            return Stream.of(values())
                    .filter(amount -> amount.name().toLowerCase(Locale.ROOT).equals(asked))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException(
                            "conformance.shapes: '" + asked + "'; expected all, few or fewest"));
        }
    }

    /** Nothing, ones, a tile and its neighbours, primes, K around steps, vectors, groups, blocks and chunks; many rows. */
    private static final List<Shape> PLAIN = List.of(
            shape(0, 5, 7),
            shape(3, 0, 7),
            shape(3, 5, 0),
            shape(1, 1, 1),
            shape(1, 32, 64),
            shape(2, 31, 5),
            shape(3, 8, 2),
            shape(5, 33, 17),
            shape(11, 47, 13),
            shape(12, 48, 31),
            shape(13, 49, 33),
            shape(14, 64, 16),
            shape(15, 65, 3),
            shape(29, 97, 61),
            shape(3, 37, 511),
            shape(4, 17, 512),
            shape(6, 35, 513),
            shape(7, 18, 1200),
            shape(2, 9, 4096),
            shape(171, 7, 19));

    /** As many blocks as one, a chunk and its neighbours; every length of blocks; many rows. */
    private static final List<Shape> BLOCKS = List.of(
            shape(0, 5, 32, 32),
            shape(3, 0, 64, 32),
            shape(3, 5, 0, 32),
            shape(1, 1, 32, 32),
            shape(1, 32, 64, 64),
            shape(2, 31, 96, 32),
            shape(3, 8, 128, 128),
            shape(5, 33, 128, 64),
            shape(11, 47, 256, 256),
            shape(12, 48, 512, 32),
            shape(13, 49, 544, 32),
            shape(14, 64, 480, 32),
            shape(15, 65, 576, 64),
            shape(29, 97, 640, 128),
            shape(6, 35, 768, 256),
            shape(7, 18, 1280, 256),
            shape(2, 9, 4096, 32),
            shape(171, 7, 64, 32));

    /** A product of m × n results. */
    public record Shape(int m, int n, Depth depth) {}

    private Shapes() {}

    private static Shape shape(int m, int n, int k) {
        return new Shape(m, n, Depth.of(k));
    }

    private static Shape shape(int m, int n, int k, int blockLength) {
        return new Shape(m, n, new Depth(k, blockLength));
    }

    static List<Shape> plain() {
        return of(PLAIN, List.of(0, 2, 5, 7, 11, 12, 15, 19), List.of(0, 2, 7, 15, 19));
    }

    static List<Shape> blocks() {
        return of(BLOCKS, List.of(0, 2, 5, 7, 11, 14, 17), List.of(0, 2, 7, 17));
    }

    /** All of {@code all}; or the few, or the fewest, by their place in the list. */
    static <T> List<T> of(List<T> all, List<Integer> few, List<Integer> fewest) {
        return switch (ASKED) {
            case ALL -> all;
            case FEW -> few.stream().map(all::get).toList();
            case FEWEST -> fewest.stream().map(all::get).toList();
        };
    }

    /**
     * Whether a tile computes the product whose turn it is, of {@code products} in turn. Where tiles share them it has two of its
     * own or a few more, an odd number apart: whatever else takes turns by a power of two is not the same for all.
     */
    static boolean isOwn(int turn, int products) {
        return switch (ASKED) {
            case ALL, FEW -> true;
            case FEWEST -> turn % ((products / 2 - 1) | 1) == 0;
        };
    }
}
