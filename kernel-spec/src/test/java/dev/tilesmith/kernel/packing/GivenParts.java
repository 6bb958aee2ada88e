package dev.tilesmith.kernel.packing;

import dev.tilesmith.runtime.BlockLayout;
import dev.tilesmith.runtime.BlockWeights;
import dev.tilesmith.runtime.Matrix;
import dev.tilesmith.runtime.PlainWeights;
import dev.tilesmith.runtime.Requantization;
import dev.tilesmith.runtime.WeightEnds;
import dev.tilesmith.runtime.WeightScales;
import dev.tilesmith.runtime.Weights;
import dev.tilesmith.runtime.Weights.Codes;
import dev.tilesmith.runtime.Weights.Elements;
import dev.tilesmith.runtime.Weights.Encoding;
import dev.tilesmith.runtime.Weights.Halves;
import dev.tilesmith.runtime.Weights.Nibbles;
import dev.tilesmith.runtime.Weights.Orientation;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * Weights of any kind with any of the parts that weights may come with, whether or not they belong together: {@code S}
 * scales, {@code L} a block length, {@code M} minima, {@code B} a bias, {@code I} one of integers, {@code R} requantization.
 * All values are positive, and all scales and minima are finite ones of BF16 and binary16 at once.
 *
 * @param kind what the values are
 * @param letters the parts that are given, in that order
 */
record GivenParts(ValueKind kind, String letters) {
    static final String ALL = "SLMBIR";
    private static final int BLOCK = BlockLayout.LENGTH;

    /** Which parts, and of what: {@code "INT4 SLB"}. */
    String signature() {
        return kind + " " + letters;
    }

    boolean has(char letter) {
        return letters.indexOf(letter) >= 0;
    }

    /** The component of {@link Weights} that a letter stands for. */
    static String component(char letter) {
        return switch (letter) {
            case 'S' -> "scales";
            case 'L' -> "blockLength";
            case 'M' -> "mins";
            case 'B' -> "bias";
            case 'I' -> "intBias";
            case 'R' -> "requantization";
            default -> throw new IllegalArgumentException("letter: " + letter);
        };
    }

    /** Weights of n channels of k values with these parts. */
    Weights weights(int n, int k, Orientation orientation, SplittableRandom random) {
        return withEnds(withScales(values(n, k, orientation, random), random), random);
    }

    private Weights values(int n, int k, Orientation orientation, SplittableRandom random) {
        final int rows = orientation == Orientation.N_BY_K ? n : k;
        final int columns = orientation == Orientation.N_BY_K ? k : n;
        final Matrix values = values(rows, columns, random);
        return switch (kind) {
            case F32 -> plain(values, Elements.F32, orientation);
            case INT8 -> plain(values, Elements.INT8, orientation);
            case F16 -> plain(values, Halves.F16, orientation);
            case BF16 -> plain(values, Halves.BF16, orientation);
            case INT16 -> plain(values, Elements.INT16, orientation);
            case INT32 -> plain(values, Elements.INT32, orientation);
            case INT4 -> plain(values, new Nibbles(columns, 0), orientation);
            case INT2 -> plain(values, new Codes(columns, List.of(1, 2, 3, 4)), orientation);
            case Q4_0, Q4_1, Q8_0 -> new BlockWeights(values, BlockLayout.valueOf(kind.name()), WeightEnds.NONE);
        };
    }

    private static Weights plain(Matrix values, Encoding encoding, Orientation orientation) {
        return new PlainWeights(values, encoding, orientation, new WeightScales.None(), WeightEnds.NONE);
    }

    /** As a caller gives them. */
    private Weights withScales(Weights bare, SplittableRandom random) {
        final int blocks = bare.n() * (bare.k() / BLOCK);
        Weights weights = bare;
        if (has('S')) {
            weights = has('L')
                    ? weights.withBlockScales(BLOCK, floats(blocks, random))
                    : weights.withScales(floats(bare.n(), random));
        } else if (has('L')) {
            weights = weights.inBlocksOf(BLOCK);
        }
        return has('M') ? weights.withBlockMins(floats(blocks, random)) : weights;
    }

    private Weights withEnds(Weights bare, SplittableRandom random) {
        return bare.withEnds(new WeightEnds(
                floats(has('B') ? bare.n() : 0, random),
                random.ints(has('I') ? bare.n() : 0, -1000, 1000).toArray(),
                has('R') ? Optional.of(new Requantization(1f, random.nextInt(-9, 9), 1f, 0)) : Optional.empty()));
    }

    /** Scales beside the values, those of channels or of blocks; none where weights have none. */
    static float[] scales(Weights weights) {
        return switch (weights) {
            case PlainWeights plain ->
                switch (plain.scales()) {
                    case WeightScales.OfChannels given -> given.values();
                    case WeightScales.OfBlocks given -> given.scales();
                    case WeightScales.None _ -> new float[0];
                };
            case BlockWeights _ -> new float[0];
        };
    }

    /** Minima beside the values; none where weights have none. */
    static float[] mins(Weights weights) {
        return weights instanceof PlainWeights plain && plain.scales() instanceof WeightScales.OfBlocks given
                ? given.mins()
                : new float[0];
    }

    /** Whether blocks hold their own scales; such lie along K alone. */
    boolean isInBlocksOfAFile() {
        return switch (kind) {
            case Q4_0, Q4_1, Q8_0 -> true;
            case F32, F16, BF16, INT8, INT4, INT2, INT16, INT32 -> false;
        };
    }

    private static float[] floats(int count, SplittableRandom random) {
        final float[] floats = new float[count];
        for (int i = 0; i < count; i++) {
            floats[i] = random.nextInt(1, 100) / 4f;
        }
        return floats;
    }

    private Matrix values(int rows, int columns, SplittableRandom random) {
        return switch (kind) {
            case F32 -> Matrix.of(floats(rows * columns, random), rows, columns);
            case INT8 -> bytes(rows, columns, 1, 100, random);
            case INT4 -> bytes(rows, (columns + 1) / 2, 0x11, 0x12, random);
            case INT2 -> bytes(rows, (columns + 3) / 4, 1, 100, random);
            case F16, BF16, INT16 -> shorts(rows, columns, random);
            case INT32 -> Matrix.of(new int[rows * columns], rows, columns);
            case Q4_0, Q4_1, Q8_0 -> file(BlockLayout.valueOf(kind.name()), rows, columns, random);
        };
    }

    private static Matrix shorts(int rows, int columns, SplittableRandom random) {
        final short[] shorts = new short[rows * columns];
        for (int i = 0; i < shorts.length; i++) {
            shorts[i] = (short) random.nextInt(1, 100);
        }
        return Matrix.of(shorts, rows, columns);
    }

    private static Matrix bytes(int rows, int columns, int low, int high, SplittableRandom random) {
        final byte[] bytes = new byte[rows * columns];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) random.nextInt(low, high);
        }
        return Matrix.of(bytes, rows, columns);
    }

    private static Matrix file(BlockLayout layout, int rows, int columns, SplittableRandom random) {
        final int width = Math.toIntExact(layout.rowBytes(columns));
        final MemorySegment file = Arena.ofAuto().allocate(Math.max(1, (long) rows * width));
        for (long at = 0; at < (long) rows * width; at += layout.bytes()) {
            for (int i = 0; i < layout.bytes(); i++) {
                file.set(ValueLayout.JAVA_BYTE, at + i, (byte) random.nextInt(1, 100));
            }
            for (int half = 0; half < layout.valuesAt(); half += Short.BYTES) {
                file.set(
                        ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN),
                        at + half,
                        Float.floatToFloat16(random.nextInt(1, 100) / 4f));
            }
        }
        return Matrix.ofBytes(file, rows, width);
    }
}
