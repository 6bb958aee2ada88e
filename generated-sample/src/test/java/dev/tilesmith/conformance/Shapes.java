package dev.tilesmith.conformance;

import java.util.Arrays;
import java.util.List;

/** Shapes of products. Where a JVM is emulated and slow, the build asks for few of them by a system property. */
public final class Shapes {
    /** Whether it does. */
    static final boolean FEW = System.getProperty("conformance.shapes", "all").equals("few");

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
        return of(PLAIN, 0, 2, 5, 7, 11, 12, 15, 19);
    }

    static List<Shape> blocks() {
        return of(BLOCKS, 0, 2, 5, 7, 11, 14, 17);
    }

    /** All of {@code all}; or the chosen ones, by their place in the list. */
    static <T> List<T> of(List<T> all, int... chosen) {
        return FEW ? Arrays.stream(chosen).mapToObj(all::get).toList() : all;
    }
}
