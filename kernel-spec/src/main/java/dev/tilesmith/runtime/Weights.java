package dev.tilesmith.runtime;

import java.lang.foreign.MemorySegment;
import java.util.List;

/**
 * The right operand as the caller has it, before packing: values that lie by themselves, or blocks that hold their own scales.
 * A kernel takes of these what its formats have; when it packs, it refuses by name whatever else is given.
 */
public sealed interface Weights permits PlainWeights, BlockWeights {
    /** Which way the weights lie. */
    enum Orientation {
        /** A row for each output channel, as a linear layer keeps them: n × k. */
        N_BY_K,
        /** A column for each output channel, as a matrix product is written: k × n. */
        K_BY_N
    }

    /** How values lie in the elements of a matrix. */
    sealed interface Encoding permits Elements, Halves, Nibbles, Codes {}

    /** Values that are an element each, of the type that the matrix has. */
    enum Elements implements Encoding {
        /** Floats. */
        F32,
        /** Integers from -128 to 127. */
        INT8,
        /** Integers of 16 bits, which no kernel takes: those that are floats are said to be {@link Halves}. */
        INT16,
        /** Integers of 32 bits, which no kernel takes. */
        INT32;

        /** Those of a matrix. */
        static Elements of(Matrix matrix) {
            return switch (matrix) {
                case Matrix.Floats _ -> F32;
                case Matrix.Bytes _ -> INT8;
                case Matrix.Shorts _ -> INT16;
                case Matrix.Ints _ -> INT32;
                case Matrix.Segment segment ->
                    switch (ElementSize.of(segment.elementBytes())) {
                        case BYTE -> INT8;
                        case SHORT -> INT16;
                        case WORD -> F32;
                    };
            };
        }

        /** Fails unless a matrix has such elements. */
        void check(Matrix values) {
            if (of(values) != this) {
                throw new IllegalArgumentException("values: " + values + "; expected elements of " + this);
            }
        }

        /** Fails unless a matrix has bytes, whatever lies in them. */
        static void requireBytes(Matrix weights) {
            if (of(weights) != INT8) {
                throw new IllegalArgumentException(
                        "weights: " + weights + "; expected int8: a byte[] or Matrix.ofBytes");
            }
        }
    }

    /** Floats of 16 bits, in the elements of a {@code short[]} or of {@link Matrix#ofShorts}. */
    enum Halves implements Encoding {
        /** IEEE binary16. */
        F16 {
            @Override
            public float widen(short bits) {
                return Float.float16ToFloat(bits);
            }

            @Override
            public short round(float value) {
                return Float.floatToFloat16(value);
            }
        },
        /** The upper half of a binary32. */
        BF16 {
            @Override
            public float widen(short bits) {
                return Bf16.toFloat(bits);
            }

            @Override
            public short round(float value) {
                return Bf16.round(value);
            }
        };

        /** The value of 16 bits, exactly; of NaN a NaN, of any bits. */
        public abstract float widen(short bits);

        /** The nearest value, ties to even; NaN stays NaN. */
        public abstract short round(float value);

        /** Fails unless a matrix has elements of 16 bits. */
        static void check(Matrix values) {
            if (Elements.of(values) != Elements.INT16) {
                throw new IllegalArgumentException(
                        "values: " + values + "; expected 16 bits: a short[] or Matrix.ofShorts");
            }
        }
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
    record Nibbles(int columns, int zeroPoint) implements Encoding {
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
    record Codes(int columns, List<Integer> table) implements Encoding {
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

    /** Weights with a row for each output channel. */
    static Weights nByK(Matrix values) {
        return new PlainWeights(values, Elements.of(values), Orientation.N_BY_K);
    }

    /** Weights with a column for each output channel. */
    static Weights kByN(Matrix values) {
        return new PlainWeights(values, Elements.of(values), Orientation.K_BY_N);
    }

    /**
     * Floats of 16 bits, with a row for each output channel: so tensors of F16 and BF16 lie in a mapped GGUF file, of which
     * {@link Matrix#ofShorts} is a view. They are packed from where they lie.
     */
    static Weights nByK(Matrix values, Halves halves) {
        return new PlainWeights(values, halves, Orientation.N_BY_K);
    }

    /** Floats of 16 bits, with a column for each output channel. */
    static Weights kByN(Matrix values, Halves halves) {
        return new PlainWeights(values, halves, Orientation.K_BY_N);
    }

    /** Weights of four bits, with a row of {@code nibbles.columns()} values for each output channel. */
    static Weights nByK(Matrix bytes, Nibbles nibbles) {
        return new PlainWeights(bytes, nibbles, Orientation.N_BY_K);
    }

    /** Weights of four bits, with a column for each of {@code nibbles.columns()} output channels. */
    static Weights kByN(Matrix bytes, Nibbles nibbles) {
        return new PlainWeights(bytes, nibbles, Orientation.K_BY_N);
    }

    /** Weights of two bits, with a row of {@code codes.columns()} values for each output channel. */
    static Weights nByK(Matrix bytes, Codes codes) {
        return new PlainWeights(bytes, codes, Orientation.N_BY_K);
    }

    /** Weights of two bits, with a column for each of {@code codes.columns()} output channels. */
    static Weights kByN(Matrix bytes, Codes codes) {
        return new PlainWeights(bytes, codes, Orientation.K_BY_N);
    }

    /**
     * Weights in blocks that hold their own scales, a row of {@code k/32} blocks for each output channel. They are
     * packed from where they lie.
     *
     * @param bytes n rows of {@code blocks.rowBytes(k)} bytes
     */
    static Weights nByK(Matrix bytes, BlockLayout blocks) {
        return new BlockWeights(bytes, blocks, WeightEnds.NONE);
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
    static Weights ofBlocks(BlockLayout blocks, MemorySegment data, long offset, int n, int k) {
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

    /** The elements in which the weights lie. */
    Matrix values();

    /** Which way they lie. */
    Orientation orientation();

    /** What becomes of the sums. */
    WeightEnds ends();

    /** Number of output channels. */
    int n();

    /** Length of the sums. */
    int k();

    /** Values along K that share a scale, or are to; 0 where a channel has one, or none. */
    int blockLength();

    /** These weights with something else becoming of the sums. */
    Weights withEnds(WeightEnds newEnds);

    /**
     * The weights of some output channels, with what is given for these.
     *
     * @param first the first of them
     * @param count how many
     * @throws IllegalArgumentException if there are no such channels; or if they lie within bytes, as those of columns of values of
     *     four bits or two may
     */
    Weights channels(int first, int count);

    /** These weights with a bias. */
    default Weights withBias(float... newBias) {
        return withEnds(ends().withBias(newBias));
    }

    /** These weights with a bias in units of {@code lhs scale * weight scale}, for formats that sum integers to the end. */
    default Weights withIntBias(int... newBias) {
        return withEnds(ends().withIntBias(newBias));
    }

    /** These weights for a left operand, and a result, whose scales and zero points are known beforehand. */
    default Weights requantized(Requantization given) {
        return withEnds(ends().requantized(given));
    }

    /**
     * These weights, already quantized, with the scale of each output channel, or one for all: any finite values.
     *
     * @throws IllegalArgumentException if these weights are in blocks, whose scales would be forgotten
     */
    Weights withScales(float... newScales);

    /**
     * These weights, already quantized, with the scale of each block along K: {@code [n][k/blockLength]}, any finite values
     * that the kernel's format of scales has.
     *
     * @param newBlockLength values that share a scale: 32, 64, 128 or 256
     * @throws IllegalArgumentException if these weights have scales for channels, which would be forgotten, or blocks that
     *     hold their own
     */
    Weights withBlockScales(int newBlockLength, float... newScales);

    /**
     * These weights, already quantized, with the scale of each block along K: {@code [n][k/blockLength]}.
     *
     * @param newBlockLength values that share a scale: 32, 64, 128 or 256
     * @param bf16Scales the scales as the bits of BF16
     */
    default Weights withBlockScales(int newBlockLength, short... bf16Scales) {
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
    default Weights withF16BlockScales(short... f16Scales) {
        return withBlockScales(BlockLayout.LENGTH, fromF16(f16Scales));
    }

    /**
     * These weights in blocks, already quantized, with what 0 stands for in each block: a value of four bits, from 0 to
     * 15, is {@code value * scale + min}.
     *
     * @param newMins {@code [n][k/blockLength]}
     * @throws IllegalArgumentException if these weights have no scales of blocks, or blocks that hold their own
     */
    Weights withBlockMins(float... newMins);

    /** As {@link #withBlockMins(float...)}, with the bits of binary16. */
    default Weights withF16BlockMins(short... f16Mins) {
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
    Weights inBlocksOf(int newBlockLength);
}
