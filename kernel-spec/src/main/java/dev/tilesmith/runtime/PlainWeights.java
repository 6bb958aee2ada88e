package dev.tilesmith.runtime;

/**
 * {@link Weights} whose values lie by themselves: what scales them, if anything does, is given beside them.
 *
 * @param values the weights
 * @param encoding how values lie in the elements of {@code values}
 * @param orientation which way they lie
 * @param scales those that are given with values that are quantized already; of f32 weights, how long blocks are to be
 * @param ends what becomes of the sums
 */
public record PlainWeights(
        Matrix values, Encoding encoding, Orientation orientation, WeightScales scales, WeightEnds ends)
        implements Weights {
    private static final int NIBBLES_OF_A_BYTE = 2;
    private static final int CODES_OF_A_BYTE = 4;
    private static final float[] NO_VALUES = {};

    /** Checks that rows are as long as their values take, and that there are as many scales and biases as channels or blocks. */
    public PlainWeights {
        switch (encoding) {
            case Elements elements -> elements.check(values);
            case Halves _ -> Halves.check(values);
            case Nibbles nibbles -> checkBytes(values, nibbles.columns(), NIBBLES_OF_A_BYTE, "four");
            case Codes codes -> checkBytes(values, codes.columns(), CODES_OF_A_BYTE, "two");
        }
        final WeightsShape shape = shape(values, encoding, orientation);
        shape.check(scales);
        shape.check(ends);
    }

    /** Values without scales, to whose sums nothing is added. */
    PlainWeights(Matrix values, Encoding encoding, Orientation orientation) {
        this(values, encoding, orientation, new WeightScales.None(), WeightEnds.NONE);
    }

    private static void checkBytes(Matrix values, int columns, int perByte, String bits) {
        Elements.requireBytes(values);
        final int bytes = Math.ceilDiv(columns, perByte);
        if (values.columns() != bytes) {
            throw new IllegalArgumentException("values: rows of " + values.columns() + " bytes; " + columns
                    + " values of " + bits + " bits take " + bytes);
        }
    }

    private static WeightsShape shape(Matrix values, Encoding encoding, Orientation orientation) {
        final int columns = columns(values, encoding);
        return switch (orientation) {
            case N_BY_K -> new WeightsShape(values.rows(), columns);
            case K_BY_N -> new WeightsShape(columns, values.rows());
        };
    }

    private static int columns(Matrix values, Encoding encoding) {
        return switch (encoding) {
            case Elements _, Halves _ -> values.columns();
            case Nibbles nibbles -> nibbles.columns();
            case Codes codes -> codes.columns();
        };
    }

    @Override
    public int n() {
        return shape(values, encoding, orientation).n();
    }

    @Override
    public int k() {
        return shape(values, encoding, orientation).k();
    }

    @Override
    public int blockLength() {
        return scales.blockLength();
    }

    @Override
    public PlainWeights channels(int first, int count) {
        shape(values, encoding, orientation).checkPart(first, count);
        final WeightScales scalesOfPart = scales.channels(first, count, k());
        final WeightEnds endsOfPart = ends.channels(first, count);
        return switch (orientation) {
            case N_BY_K ->
                new PlainWeights(
                        values.slice(first, count, 0, values.columns()),
                        encoding,
                        orientation,
                        scalesOfPart,
                        endsOfPart);
            case K_BY_N ->
                new PlainWeights(columns(first, count), part(encoding, count), orientation, scalesOfPart, endsOfPart);
        };
    }

    /** The elements that columns of values lie in. */
    private Matrix columns(int first, int count) {
        final int perElement =
                switch (encoding) {
                    case Elements _, Halves _ -> 1;
                    case Nibbles _ -> NIBBLES_OF_A_BYTE;
                    case Codes _ -> CODES_OF_A_BYTE;
                };
        final int end = first + count;
        if (first % perElement != 0 || (end % perElement != 0 && end != n())) {
            throw new IllegalArgumentException(
                    "channels: " + count + " from " + first + ", which begin or end within bytes of " + perElement
                            + " columns; expected multiples of " + perElement + ", or a row for each channel");
        }
        return values.slice(0, values.rows(), first / perElement, Math.ceilDiv(end, perElement) - first / perElement);
    }

    /** How so many columns lie. */
    private static Encoding part(Encoding encoding, int columns) {
        return switch (encoding) {
            case Elements elements -> elements;
            case Halves halves -> halves;
            case Nibbles(int _, int zeroPoint) -> new Nibbles(columns, zeroPoint);
            case Codes(int _, var table) -> new Codes(columns, table);
        };
    }

    @Override
    public PlainWeights withEnds(WeightEnds newEnds) {
        return new PlainWeights(values, encoding, orientation, scales, newEnds);
    }

    private PlainWeights with(WeightScales newScales) {
        return new PlainWeights(values, encoding, orientation, newScales, ends);
    }

    @Override
    public PlainWeights withScales(float... newScales) {
        return switch (scales) {
            case WeightScales.None _, WeightScales.OfChannels _ ->
                with(newScales.length == 0 ? new WeightScales.None() : new WeightScales.OfChannels(newScales));
            case WeightScales.OfBlocks blocks ->
                throw new IllegalArgumentException("scales: for channels; these weights are in blocks of "
                        + blocks.length() + ": expected withBlockScales");
        };
    }

    @Override
    public PlainWeights withBlockScales(int newBlockLength, float... newScales) {
        return switch (scales) {
            case WeightScales.None _ -> with(new WeightScales.OfBlocks(newBlockLength, newScales, NO_VALUES));
            case WeightScales.OfChannels given -> throw forgotten(given, "withBlockScales");
            case WeightScales.OfBlocks given ->
                with(new WeightScales.OfBlocks(newBlockLength, newScales, given.mins()));
        };
    }

    @Override
    public PlainWeights withBlockMins(float... newMins) {
        return switch (scales) {
            case WeightScales.None _, WeightScales.OfChannels _ ->
                throw new IllegalArgumentException("blockLength: 0; scales of blocks come first: use withBlockScales");
            case WeightScales.OfBlocks given ->
                with(new WeightScales.OfBlocks(given.length(), given.scales(), newMins));
        };
    }

    @Override
    public PlainWeights inBlocksOf(int newBlockLength) {
        return switch (scales) {
            case WeightScales.None _ -> with(new WeightScales.OfBlocks(newBlockLength, NO_VALUES, NO_VALUES));
            case WeightScales.OfChannels given -> throw forgotten(given, "inBlocksOf");
            case WeightScales.OfBlocks given -> {
                if (given.scales().length + given.mins().length != 0) {
                    throw new IllegalArgumentException("blockLength: " + newBlockLength
                            + "; these weights have scales of blocks already: inBlocksOf is for f32 weights without");
                }
                yield with(new WeightScales.OfBlocks(newBlockLength, NO_VALUES, NO_VALUES));
            }
        };
    }

    private static IllegalArgumentException forgotten(WeightScales.OfChannels scales, String method) {
        return new IllegalArgumentException("scales: " + scales.values().length + " for channels already, which "
                + method + " would forget: give one or the other");
    }

    /** Shape and kind, and which parts are given: no more than a line, however many weights there are. */
    @Override
    public String toString() {
        final String kind =
                switch (encoding) {
                    case Elements elements -> elements.name();
                    case Halves halves -> halves.name();
                    case Nibbles _ -> "INT4";
                    case Codes _ -> "INT2";
                };
        return shape(values, encoding, orientation).describe(kind, orientation, scales, ends);
    }
}
