package dev.tilesmith.runtime;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The right operand as the caller has it, before packing. A kernel takes of these what its formats have; when it packs, it
 * refuses by name whatever else is given.
 *
 * @param values the weights
 * @param orientation which way they lie
 * @param scales one for each output channel, or one for all, for weights that are quantized already; where {@code
 *     blockLength} is given, one for each block along K of each output channel, those of a channel together; else empty.
 *     They may be negative or 0; a kernel refuses those that are not finite
 * @param bias one for each output channel, added to its results; else empty, and nothing is added
 * @param intBias one for each output channel, added to its sums of integers; else empty, and nothing is added
 * @param requantization scales and zero points of a left operand and a result that are quantized beforehand; else empty
 * @param nibbles how values of four bits lie in the bytes of {@code values}; else empty
 * @param codes how values of two bits lie in the bytes of {@code values}, and what they stand for; else empty
 * @param blockLength values along K that share a scale: 32, 64, 128 or 256; 0 where a channel has one scale, or none
 * @param blocks how the blocks lie in the bytes of {@code values}, where these hold their own scales; else empty
 * @param mins what a value of 0 stands for, one for each block as the scales are; else empty, and 0 stands for 0
 */
@SuppressWarnings("ArrayRecordComponent") // the caller's own arrays, read once while packing
public record Weights(
        Matrix values,
        Orientation orientation,
        float[] scales,
        float[] bias,
        int[] intBias,
        Optional<Requantization> requantization,
        Optional<Nibbles> nibbles,
        Optional<Codes> codes,
        int blockLength,
        Optional<BlockLayout> blocks,
        float[] mins) {
    private static final int F16_BLOCK = 32;
    private static final float[] NONE = {};
    private static final int[] NO_INTS = {};

    /** Which way the weights lie. */
    public enum Orientation {
        /** A row for each output channel, as a linear layer keeps them: n × k. */
        N_BY_K,
        /** A column for each output channel, as a matrix product is written: k × n. */
        K_BY_N
    }

    /**
     * Values of four bits, two to a byte: of the values of a row, those at even places are in the low bits. These are
     * KleidiAI's {@code qs4cxs1s0}, and with scales in BF16 for blocks and a zero point of 8 its {@code qsu4c32s1s0}. Its
     * {@code qsu4c32s16s0}, whose blocks hold their scales, is {@link BlockLayout#Q4_0}.
     *
     * @param columns values of a row
     * @param zeroPoint the bits that stand for 0: 8, for values from 0 to 15 that stand for -8 to 7; or 0, for two's
     *     complement, and for values from 0 to 15 of blocks that have a minimum
     */
    public record Nibbles(int columns, int zeroPoint) {
        /** Checks the number of values, and the zero point. */
        public Nibbles {
            WeightsShape.checkColumns(columns);
            if (zeroPoint != 0 && zeroPoint != 8) {
                throw new IllegalArgumentException("zeroPoint: " + zeroPoint + "; expected 0 or 8");
            }
        }

        /** What turns 16 values into values from 0 to 15, to which 8 has been added, by exclusive or. */
        public long flip() {
            return zeroPoint == 0 ? 0x8888888888888888L : 0;
        }
    }

    /**
     * Values of two bits, four to a byte, that choose from a table: of the values of a row, the first is in the lowest
     * bits. These are KleidiAI's {@code qsu2cx}, whose table, where none is given, is -2, -1, 0, 1.
     *
     * @param columns values of a row
     * @param table what the bits 0 to 3 stand for: four values of int8, in any order
     */
    public record Codes(int columns, List<Integer> table) {
        private static final int ENTRIES = 4;

        /** Checks the number of values, that the table has four, and that these are int8. */
        public Codes {
            WeightsShape.checkColumns(columns);
            table = List.copyOf(table);
            if (table.size() != ENTRIES || table.stream().anyMatch(value -> value != value.byteValue())) {
                throw new IllegalArgumentException("table: " + table + "; expected four values from -128 to 127");
            }
        }
    }

    /** Checks that scales and bias have a value for each output channel, and scales one for each block. */
    public Weights {
        WeightsShape.checkValues(values, orientation, nibbles, codes, blocks);
        blocks.ifPresent(layout -> WeightsShape.checkOwnScales(layout, scales.length, blockLength));
        final int columns = columns(values, nibbles, codes, blocks);
        final WeightsShape shape = orientation == Orientation.N_BY_K
                ? new WeightsShape(values.rows(), columns)
                : new WeightsShape(columns, values.rows());
        shape.checkScales(scales.length, mins.length, blockLength);
        shape.checkChannels("bias", bias.length);
        shape.checkChannels("intBias", intBias.length);
    }

    private Weights(Matrix values, Orientation orientation, Optional<Nibbles> nibbles, Optional<Codes> codes) {
        this(values, orientation, NONE, NONE, NO_INTS, Optional.empty(), nibbles, codes, 0, Optional.empty(), NONE);
    }

    /** Weights with a row for each output channel. */
    public static Weights nByK(Matrix values) {
        return new Weights(values, Orientation.N_BY_K, Optional.empty(), Optional.empty());
    }

    /** Weights with a column for each output channel. */
    public static Weights kByN(Matrix values) {
        return new Weights(values, Orientation.K_BY_N, Optional.empty(), Optional.empty());
    }

    /** Weights of four bits, with a row of {@code nibbles.columns()} values for each output channel. */
    public static Weights nByK(Matrix bytes, Nibbles nibbles) {
        return new Weights(bytes, Orientation.N_BY_K, Optional.of(nibbles), Optional.empty());
    }

    /** Weights of four bits, with a column for each of {@code nibbles.columns()} output channels. */
    public static Weights kByN(Matrix bytes, Nibbles nibbles) {
        return new Weights(bytes, Orientation.K_BY_N, Optional.of(nibbles), Optional.empty());
    }

    /** Weights of two bits, with a row of {@code codes.columns()} values for each output channel. */
    public static Weights nByK(Matrix bytes, Codes codes) {
        return new Weights(bytes, Orientation.N_BY_K, Optional.empty(), Optional.of(codes));
    }

    /** Weights of two bits, with a column for each of {@code codes.columns()} output channels. */
    public static Weights kByN(Matrix bytes, Codes codes) {
        return new Weights(bytes, Orientation.K_BY_N, Optional.empty(), Optional.of(codes));
    }

    /**
     * Weights in blocks that hold their own scales, a row of {@code k/32} blocks for each output channel. They are
     * packed from where they lie.
     *
     * @param bytes n rows of {@code blocks.rowBytes(k)} bytes
     */
    public static Weights nByK(Matrix bytes, BlockLayout blocks) {
        return new Weights(
                bytes,
                Orientation.N_BY_K,
                NONE,
                NONE,
                NO_INTS,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                BlockLayout.LENGTH,
                Optional.of(blocks),
                NONE);
    }

    /**
     * Weights in blocks that hold their own scales, as a tensor lies in a mapped GGUF file: n rows of k values, one right
     * after the other. They are packed from where they lie; {@code data} may be read-only, and must be alive until then.
     *
     * <p>While a mapped file is packed it must not be written or cut off in place: what then becomes of the call is up to the
     * system, and may be the end of the process. A file that others may cut off is better read into memory first.
     *
     * @param data memory outside the heap, the file or any part of it that has the tensor; or a segment over a {@code
     *     byte[]}
     * @param offset bytes from the start of {@code data} to the tensor's first block
     * @param n output channels, the tensor's rows: ggml's {@code ne[1]}
     * @param k values of a row, a multiple of 32: ggml's {@code ne[0]}
     * @throws IllegalArgumentException if k is no multiple of 32, or the blocks do not lie within {@code data}
     */
    public static Weights ofBlocks(BlockLayout blocks, MemorySegment data, long offset, int n, int k) {
        final long rowBytes = blocks.rowBytes(k);
        if (rowBytes > Integer.MAX_VALUE) {
            throw new IllegalArgumentException("k: " + k + "; rows of " + rowBytes + " bytes in blocks of " + blocks
                    + " are longer than " + Integer.MAX_VALUE);
        }
        if (n < 0) {
            throw new IllegalArgumentException("n: " + n + "; expected 0 or more");
        }
        if (offset < 0 || offset > data.byteSize()) {
            throw new IllegalArgumentException(
                    "offset: " + offset + "; expected 0 to " + data.byteSize() + ", the bytes of data");
        }
        if (n * rowBytes > data.byteSize() - offset) {
            throw new IllegalArgumentException("data: " + (data.byteSize() - offset) + " bytes from offset " + offset
                    + "; " + n + " x " + k + " in blocks of " + blocks + " take " + n * rowBytes);
        }
        return nByK(Matrix.ofBytes(data, offset, n, (int) rowBytes, rowBytes), blocks);
    }

    /** These weights with a bias. */
    public Weights withBias(float... newBias) {
        return new Weights(
                values,
                orientation,
                scales,
                newBias,
                intBias,
                requantization,
                nibbles,
                codes,
                blockLength,
                blocks,
                mins);
    }

    /**
     * These weights, already quantized, with the scale of each output channel, or one for all: any finite values.
     *
     * @throws IllegalArgumentException if these weights are in blocks, whose scales would be forgotten
     */
    public Weights withScales(float... newScales) {
        if (blockLength != 0 && blocks.isEmpty()) {
            throw new IllegalArgumentException("scales: for channels; these weights are in blocks of " + blockLength
                    + ": expected withBlockScales");
        }
        return new Weights(
                values,
                orientation,
                newScales,
                bias,
                intBias,
                requantization,
                nibbles,
                codes,
                blockLength,
                blocks,
                mins);
    }

    /**
     * These weights, already quantized, with the scale of each block along K: {@code [n][k/blockLength]}, any finite values
     * that the kernel's format of scales has.
     *
     * @param newBlockLength values that share a scale: 32, 64, 128 or 256
     * @throws IllegalArgumentException if these weights have scales for channels, which would be forgotten
     */
    public Weights withBlockScales(int newBlockLength, float... newScales) {
        checkNoChannelScales("withBlockScales");
        return new Weights(
                values,
                orientation,
                newScales,
                bias,
                intBias,
                requantization,
                nibbles,
                codes,
                newBlockLength,
                blocks,
                mins);
    }

    /**
     * These weights, already quantized, with the scale of each block along K: {@code [n][k/blockLength]}.
     *
     * @param newBlockLength values that share a scale: 32, 64, 128 or 256
     * @param bf16Scales the scales as the bits of BF16
     */
    public Weights withBlockScales(int newBlockLength, short... bf16Scales) {
        final float[] floats = new float[bf16Scales.length];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = Bf16.toFloat(bf16Scales[i]);
        }
        return withBlockScales(newBlockLength, floats);
    }

    /**
     * These weights, already quantized, with the scale of each block of 32 values along K: {@code [n][k/32]}, as the bits
     * of binary16, which is how ggml's blocks have them.
     */
    public Weights withF16BlockScales(short... f16Scales) {
        return withBlockScales(F16_BLOCK, fromF16(f16Scales));
    }

    /**
     * These weights in blocks, already quantized, with what 0 stands for in each block: a value of four bits, from 0 to
     * 15, is {@code value * scale + min}.
     *
     * @param newMins {@code [n][k/blockLength]}
     */
    public Weights withBlockMins(float... newMins) {
        if (blockLength == 0) {
            throw new IllegalArgumentException("blockLength: 0; scales of blocks come first: use withBlockScales");
        }
        return new Weights(
                values,
                orientation,
                scales,
                bias,
                intBias,
                requantization,
                nibbles,
                codes,
                blockLength,
                blocks,
                newMins);
    }

    /** As {@link #withBlockMins(float...)}, with the bits of binary16. */
    public Weights withF16BlockMins(short... f16Mins) {
        return withBlockMins(fromF16(f16Mins));
    }

    private static float[] fromF16(short... bits) {
        final float[] floats = new float[bits.length];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = Float.float16ToFloat(bits[i]);
        }
        return floats;
    }

    /**
     * These f32 weights, to be quantized with a scale for each {@code newBlockLength} values: 32, 64, 128 or 256.
     *
     * @throws IllegalArgumentException if these weights have scales, which would be forgotten
     */
    public Weights inBlocksOf(int newBlockLength) {
        checkNoChannelScales("inBlocksOf");
        if (scales.length + mins.length != 0) {
            throw new IllegalArgumentException("blockLength: " + newBlockLength
                    + "; these weights have scales of blocks already: inBlocksOf is for f32 weights without");
        }
        return new Weights(
                values, orientation, NONE, bias, intBias, requantization, nibbles, codes, newBlockLength, blocks, NONE);
    }

    private void checkNoChannelScales(String method) {
        if (scales.length != 0 && blockLength == 0) {
            throw new IllegalArgumentException("scales: " + scales.length + " for channels already, which " + method
                    + " would forget: give one or the other");
        }
    }

    /** These weights with a bias in units of {@code lhs scale * weight scale}, for formats that sum integers to the end. */
    public Weights withIntBias(int... newBias) {
        return new Weights(
                values, orientation, scales, bias, newBias, requantization, nibbles, codes, blockLength, blocks, mins);
    }

    /** These weights for a left operand, and a result, whose scales and zero points are known beforehand. */
    public Weights requantized(Requantization given) {
        return new Weights(
                values,
                orientation,
                scales,
                bias,
                intBias,
                Optional.of(given),
                nibbles,
                codes,
                blockLength,
                blocks,
                mins);
    }

    /** The scale of an output channel of weights that have scales. */
    public float scale(int channel) {
        return scales[scales.length == 1 ? 0 : channel];
    }

    /** Number of output channels. */
    public int n() {
        return orientation == Orientation.N_BY_K ? values.rows() : columns();
    }

    /** Length of the sums. */
    public int k() {
        return orientation == Orientation.N_BY_K ? columns() : values.rows();
    }

    private int columns() {
        return columns(values, nibbles, codes, blocks);
    }

    private static int columns(
            Matrix values, Optional<Nibbles> nibbles, Optional<Codes> codes, Optional<BlockLayout> blocks) {
        return blocks.map(layout -> values.columns() / layout.bytes() * BlockLayout.LENGTH)
                .or(() -> nibbles.map(Nibbles::columns))
                .or(() -> codes.map(Codes::columns))
                .orElse(values.columns());
    }

    /** Shape and kind, and which parts are given: no more than a line, however many weights there are. */
    @Override
    public String toString() {
        final String parts = Arrays.stream(WeightsPart.values())
                .filter(part -> part.isGiven(this))
                .map(part -> ", " + part.component() + ": " + part.value(this))
                .collect(Collectors.joining());
        return "Weights[" + ValueKind.of(this) + ", " + n() + " x " + k() + ", " + orientation + parts + "]";
    }
}
