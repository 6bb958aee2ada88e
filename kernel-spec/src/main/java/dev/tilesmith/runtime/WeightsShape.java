package dev.tilesmith.runtime;

import dev.tilesmith.runtime.Weights.Codes;
import dev.tilesmith.runtime.Weights.Nibbles;
import dev.tilesmith.runtime.Weights.Orientation;
import java.util.List;
import java.util.Optional;

/**
 * The shape of weights, and what it asks of all that is given with them.
 *
 * @param n output channels
 * @param k values of each
 */
public record WeightsShape(int n, int k) {
    private static final List<Integer> BLOCK_LENGTHS = List.of(32, 64, 128, 256);
    private static final int NIBBLES_OF_A_BYTE = 2;
    private static final int CODES_OF_A_BYTE = 4;

    /** Fails unless the values are said to lie in one way at most, and rows are as long as that takes. */
    static void checkValues(
            Matrix values,
            Orientation orientation,
            Optional<Nibbles> nibbles,
            Optional<Codes> codes,
            Optional<BlockLayout> blocks) {
        if (nibbles.isPresent() && codes.isPresent()) {
            throw new IllegalArgumentException("codes: " + codes.get() + "; the values are of four bits already");
        }
        nibbles.ifPresent(given -> checkBytes(values, given.columns(), NIBBLES_OF_A_BYTE, "four"));
        codes.ifPresent(given -> checkBytes(values, given.columns(), CODES_OF_A_BYTE, "two"));
        if (blocks.isEmpty()) {
            return;
        }
        if (nibbles.isPresent() || codes.isPresent()) {
            throw new IllegalArgumentException((nibbles.isPresent() ? "nibbles" : "codes")
                    + ": given; the values lie as blocks of " + blocks.get() + " do: give none");
        }
        ElementKind.requireBytes("weights", values);
        if (values.columns() % blocks.get().bytes() != 0) {
            throw new IllegalArgumentException("values: rows of " + values.columns() + " bytes; expected a multiple of "
                    + blocks.get().bytes() + ", the bytes of a block of " + blocks.get());
        }
        final long count = (long) values.columns() / blocks.get().bytes() * BlockLayout.LENGTH;
        if (count > Integer.MAX_VALUE) {
            throw new IllegalArgumentException("values: rows of " + values.columns() + " bytes; " + count
                    + " values in blocks of " + blocks.get() + " are more than " + Integer.MAX_VALUE);
        }
        if (orientation != Orientation.N_BY_K) {
            throw new IllegalArgumentException(
                    "orientation: " + orientation + "; blocks that hold their scales lie along K: expected N_BY_K");
        }
    }

    /** Fails if rows are said to have a negative number of values. */
    static void checkColumns(int columns) {
        if (columns < 0) {
            throw new IllegalArgumentException("columns: " + columns + "; expected 0 or more");
        }
    }

    private static void checkBytes(Matrix values, int columns, int perByte, String bits) {
        ElementKind.requireBytes("weights", values);
        final int bytes = Math.ceilDiv(columns, perByte);
        if (values.columns() != bytes) {
            throw new IllegalArgumentException("values: rows of " + values.columns() + " bytes; " + columns
                    + " values of " + bits + " bits take " + bytes);
        }
    }

    /** Fails unless blocks of such a length divide K. */
    public static void checkBlocks(int k, int blockLength) {
        if (!BLOCK_LENGTHS.contains(blockLength)) {
            throw new IllegalArgumentException("blockLength: " + blockLength + "; expected one of " + BLOCK_LENGTHS);
        }
        if (k % blockLength != 0) {
            throw new IllegalArgumentException("k: " + k + " is no multiple of the block length, " + blockLength);
        }
    }

    /** Fails if weights in blocks that hold their scales are given others, or blocks of another length. */
    static void checkOwnScales(BlockLayout blocks, int scales, int blockLength) {
        if (scales != 0 || blockLength != BlockLayout.LENGTH) {
            throw new IllegalArgumentException(
                    (scales != 0 ? "scales: " + scales + " values" : "blockLength: " + blockLength)
                            + "; weights in blocks of " + blocks + " hold a scale for each " + BlockLayout.LENGTH
                            + " values: give none");
        }
    }

    /** Fails unless there are as many scales, and minima, as there are channels or blocks, or none. */
    void checkScales(int scales, int mins, int blockLength) {
        if (blockLength != 0) {
            checkBlocks(k, blockLength);
            checkBlockScales("scales", scales, blockLength);
            checkBlockScales("mins", mins, blockLength);
            return;
        }
        if (mins != 0) {
            throw new IllegalArgumentException(
                    "mins: " + mins + " values, but there are no blocks: use withBlockScales first");
        }
        if (scales != 1) {
            checkChannels("scales", scales);
        }
    }

    private void checkBlockScales(String what, int length, int blockLength) {
        final long expected = (long) n * (k / blockLength);
        if (length != 0 && length != expected) {
            throw new IllegalArgumentException(what + ": " + length + " values; expected " + k / blockLength
                    + " for each of the " + n + " output channels, one for each block of " + blockLength);
        }
    }

    /** Fails unless there are as many values as there are channels, or none. */
    void checkChannels(String what, int length) {
        if (length != 0 && length != n) {
            throw new IllegalArgumentException(
                    what + ": " + length + " values; expected one for each of the " + n + " output channels");
        }
    }
}
