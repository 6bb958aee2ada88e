package dev.tilesmith.conformance;

import java.util.Arrays;
import java.util.List;

/**
 * How long sums are.
 *
 * @param k values along K
 * @param blockLength values that share a scale; 0 where weights have no blocks
 */
public record Depth(int k, int blockLength) {
    /** Nothing, one value; K around steps of 2, 4 and 8, vectors, groups of 32, and one more than a part of 512. */
    private static final List<Depth> PLAIN = depths(0, 0, 1, 2, 3, 5, 13, 16, 17, 31, 33, 61, 64, 513);

    /** One block to many of every length, and around a chunk of 512 values. */
    private static final List<Depth> BLOCKS = List.of(
            new Depth(0, 32),
            new Depth(32, 32),
            new Depth(64, 64),
            new Depth(96, 32),
            new Depth(128, 64),
            new Depth(128, 128),
            new Depth(256, 256),
            new Depth(384, 128),
            new Depth(480, 32),
            new Depth(512, 32),
            new Depth(544, 32),
            new Depth(576, 64),
            new Depth(768, 256));

    static List<Depth> plain() {
        return Shapes.of(PLAIN, List.of(1, 3, 5, 7, 9, 11, 12), List.of(1, 3, 5, 6, 7, 9));
    }

    static List<Depth> blocks() {
        return Shapes.of(BLOCKS, List.of(1, 2, 3, 5, 6, 10, 11), List.of(1, 2, 3));
    }

    /** Without blocks. */
    public static Depth of(int k) {
        return new Depth(k, 0);
    }

    /** The least multiple of {@code blockLength} from {@code k} on. */
    public static Depth inBlocks(int k, int blockLength) {
        return new Depth(Math.ceilDiv(k, blockLength) * blockLength, blockLength);
    }

    /** Whether weights are in blocks. */
    boolean hasBlocks() {
        return blockLength != 0;
    }

    /** Blocks of a channel; 1 where it is not in blocks. */
    public int count() {
        return hasBlocks() ? k / blockLength : 1;
    }

    private static List<Depth> depths(int blockLength, int... ks) {
        return Arrays.stream(ks).mapToObj(k -> new Depth(k, blockLength)).toList();
    }

    @Override
    public String toString() {
        return hasBlocks() ? k + " in blocks of " + blockLength : Integer.toString(k);
    }
}
