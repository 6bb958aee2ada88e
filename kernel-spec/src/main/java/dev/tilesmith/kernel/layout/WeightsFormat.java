package dev.tilesmith.kernel.layout;

import dev.tilesmith.runtime.Weights.Halves;
import dev.tilesmith.spec.Format;
import java.util.List;
import java.util.Optional;

/**
 * What weights are in panels: all that tells one format of weights from another there. How they get there is what packers
 * know.
 */
public enum WeightsFormat {
    /** f32, as they are. */
    FLOATS(Format.F32, StoredValues.FLOATS, Scaling.NONE, Range.OF_FLOATS, ReadableScales.UNUSED),
    /** binary16, which kernels widen. */
    F16(Format.F16, StoredValues.HALVES, Scaling.NONE, Range.OF_FLOATS, ReadableScales.UNUSED),
    /** The upper halves of f32s, which kernels widen. */
    BF16(Format.BF16, StoredValues.HALVES, Scaling.NONE, Range.OF_FLOATS, ReadableScales.UNUSED),
    /** int8 with a scale for each channel. */
    INT8(Format.QSI8CX, StoredValues.BYTES, Scaling.CHANNELS, Range.OF_INT8, ReadableScales.UNUSED),
    /** int4 with a scale for each channel. */
    INT4(Format.QSI4CX, StoredValues.NIBBLES, Scaling.CHANNELS, Range.OF_INT4, ReadableScales.UNUSED),
    /** Two bits that choose from a table of int8, with a scale for each channel. */
    TWO_BITS(Format.QSU2CX, StoredValues.CODES, Scaling.CHANNELS, Range.OF_INT8, ReadableScales.UNUSED),
    /** int4 with a scale for each block, of any length that blocks have. */
    INT4_BLOCKS(Format.QSI4C32, StoredValues.NIBBLES, Scaling.BLOCKS, Range.OF_INT4, ReadableScales.FOR_ROWS),
    /** int4 with a scale for each block of 32, for rows that have one too: ggml's Q4_0. */
    PAIRED_INT4(Format.QSI4C32, StoredValues.NIBBLES, Scaling.PAIRED_BLOCKS, Range.OF_INT4, ReadableScales.FOR_BLOCKS),
    /** int4 with a scale and a minimum for each block of 32, for rows that have a scale too: ggml's Q4_1. */
    PAIRED_INT4_WITH_MINIMA(
            Format.QAI4C32,
            StoredValues.NIBBLES,
            Scaling.PAIRED_BLOCKS_WITH_MINIMA,
            Range.OF_UNSIGNED_INT4,
            ReadableScales.FOR_BLOCKS),
    /** int8 with a scale for each block of 32, for rows that have one too: ggml's Q8_0. */
    PAIRED_INT8(Format.QSI8D32, StoredValues.BYTES, Scaling.PAIRED_BLOCKS, Range.OF_INT8, ReadableScales.FOR_BLOCKS);

    private static final List<WeightsFormat> ALL = List.of(values());

    /** The largest magnitude of a difference of a row's value from its zero point, or of an unsigned value. */
    private static final int LARGEST_OF_ROWS = 255;

    private final Format format;
    private final StoredValues stored;
    private final Scaling scaling;

    private final Range range;

    private final List<Format> scales;

    WeightsFormat(Format format, StoredValues stored, Scaling scaling, Range range, ReadableScales readable) {
        this.format = format;
        this.stored = stored;
        this.scaling = scaling;
        this.range = range;
        this.scales = readable.scales;
    }

    /**
     * What the values are.
     *
     * @param largest the largest magnitude
     * @param added what is added to a value to store it
     */
    private record Range(int largest, int added) {
        static final Range OF_FLOATS = new Range(0, 0);
        static final Range OF_INT8 = new Range(128, 0);
        static final Range OF_INT4 = new Range(8, 8);
        static final Range OF_UNSIGNED_INT4 = new Range(15, 0);
    }

    /** Formats of the scales of blocks. */
    private enum ReadableScales {
        /** There are no blocks, and what is said of their scales is never looked at. */
        UNUSED(Format.BF16, Format.F32),
        FOR_ROWS(Format.BF16, Format.F32),
        FOR_BLOCKS(Format.F16);

        private final List<Format> scales;

        ReadableScales(Format... scales) {
            this.scales = List.of(scales);
        }
    }

    /**
     * What weights of a format are, with scales of a format where they have any for blocks.
     *
     * @throws IllegalArgumentException if no kernel has such weights
     */
    public static WeightsFormat of(Format format, Format scales) {
        for (final WeightsFormat weights : ALL) { // layouts ask often, also while they pack
            if (weights.format == format && weights.scales.contains(scales)) {
                return weights;
            }
        }
        throw none(format, scales);
    }

    private static IllegalArgumentException none(Format format, Format scales) {
        final List<WeightsFormat> alike =
                ALL.stream().filter(weights -> weights.format == format).toList();
        return new IllegalArgumentException(
                alike.isEmpty()
                        ? "format: " + format + "; no kernel has weights of it"
                        : "scales: " + scales + "; expected one of "
                                + alike.stream()
                                        .flatMap(weights -> weights.scales.stream())
                                        .toList());
    }

    /** What users name it. */
    public Format format() {
        return format;
    }

    /** What elements of 16 bits are of which such weights may be made; nothing where they are made of none. */
    public Optional<Halves> halves() {
        return switch (this) {
            case F16 -> Optional.of(Halves.F16);
            case BF16 -> Optional.of(Halves.BF16);
            case FLOATS, INT8, INT4, TWO_BITS, INT4_BLOCKS, PAIRED_INT4, PAIRED_INT4_WITH_MINIMA, PAIRED_INT8 ->
                Optional.empty();
        };
    }

    /** What is stored. */
    public StoredValues stored() {
        return stored;
    }

    /** What has a scale. */
    public Scaling scaling() {
        return scaling;
    }

    /** Formats that the scales of its blocks may have; what is said of them is of no effect where there are none. */
    public List<Format> scales() {
        return scales;
    }

    /** What is added to a value to store it unsigned; 0 where it is stored as it is, or a table says what it stands for. */
    public int added() {
        return range.added;
    }

    /** The largest magnitude of a value. */
    public int largest() {
        return range.largest;
    }

    /** The longest sums of integers that fit 32 bits, whatever the rows and the weights. */
    public int longest() {
        return scaling == Scaling.CHANNELS ? Integer.MAX_VALUE / (LARGEST_OF_ROWS * range.largest) : Integer.MAX_VALUE;
    }

    /**
     * Fails if sums of {@code k} products could overflow.
     *
     * @throws IllegalArgumentException if they could
     */
    public void checkLength(int k) {
        if (k > longest()) {
            throw new IllegalArgumentException("k: " + k + "; sums of more than " + longest() + " products with "
                    + format + " could overflow 32 bits: split the product along k");
        }
    }
}
