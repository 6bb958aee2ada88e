package dev.tilesmith.runtime;

/**
 * Lays weights in blocks of 32 along K, whose scales are binary16, into panels, as {@link PanelLayout} says: ggml's {@code
 * Q4_0} ({@code QSI4C32}), {@code Q4_1} ({@code QAI4C32}, with a minimum for each block) and {@code Q8_0} ({@code QSI8D32}).
 * The metadata of a panel's columns are their biases.
 *
 * <p>f32 weights are quantized as ggml's reference functions do, in binary32, with the scale as it is before it is rounded:
 * {@link GgmlQ4Zero}, {@link GgmlQ4One}, {@link GgmlQ8Zero}.
 */
final class F16BlockRhsPacker {
    private static final int BLOCK = PanelLayout.INT4_GROUP;

    private F16BlockRhsPacker() {}

    /**
     * Packs.
     *
     * @throws IllegalArgumentException if the weights are neither of the format with scales of blocks that are finite
     *     values of binary16, and minima where it has them, nor f32 without, whose scales are within binary16; or k is no
     *     multiple of 32
     */
    static PackedRhs pack(Weights weights, PanelLayout layout, Packing packing) {
        Int8RhsPacker.checkForDynamic(weights);
        Weights.checkBlocks(weights.k(), BLOCK);
        if (weights.blockLength() != 0 && weights.blockLength() != BLOCK) {
            throw new IllegalArgumentException("blockLength: " + weights.blockLength()
                    + "; the left operand is quantized in blocks of " + BLOCK + ", and so must the weights be");
        }
        if (weights.blocks().isPresent()) {
            checkBlocks(weights.blocks().get(), layout);
        } else if (weights.scales().length == 0 && weights.n() != 0 && weights.k() != 0) {
            checkFloats(weights, layout);
        } else if (weights.n() != 0 && weights.k() != 0) {
            checkGiven(weights, layout);
        }
        return PanelPacker.pack(weights, layout, BLOCK, packing);
    }

    private static void checkBlocks(BlockLayout blocks, PanelLayout layout) {
        final BlockLayout expected =
                switch (layout.format()) {
                    case QSI4C32 -> BlockLayout.Q4_0;
                    case QAI4C32 -> BlockLayout.Q4_1;
                    default -> BlockLayout.Q8_0;
                };
        if (blocks != expected) {
            throw new IllegalArgumentException(
                    "blocks: " + blocks + "; weights in " + layout.format() + " are of " + expected);
        }
    }

    private static void checkFloats(Weights weights, PanelLayout layout) {
        if (weights.nibbles().isPresent() || ElementKind.isBytes(weights.values())) {
            throw new IllegalArgumentException("scales: none; weights in " + layout.format()
                    + " need one for each block of " + BLOCK + ": use withF16BlockScales");
        }
        ElementKind.requireFloats("weights", weights.values());
        if (weights.mins().length != 0) {
            throw new IllegalArgumentException(
                    "mins: given for f32 weights, which are quantized with minima of their own");
        }
    }

    private static void checkGiven(Weights weights, PanelLayout layout) {
        ElementKind.requireBytes("weights", weights.values());
        if (weights.blockLength() == 0) {
            throw new IllegalArgumentException("scales: one for each channel; weights in " + layout.format()
                    + " have one for each block of " + BLOCK + ": use withF16BlockScales");
        }
        if (layout.isInt4() != weights.nibbles().isPresent()) {
            throw new IllegalArgumentException("weights: of " + (layout.isInt4() ? "eight" : "four") + " bits; "
                    + layout.format() + " has values of " + (layout.isInt4() ? "four (Weights.Nibbles)" : "eight"));
        }
        final boolean wantsMins = layout.hasMins();
        if (wantsMins != (weights.mins().length != 0)) {
            throw new IllegalArgumentException("mins: " + weights.mins().length + " values; weights in "
                    + layout.format() + (wantsMins ? " have one for each block: use withF16BlockMins" : " have none"));
        }
        if (wantsMins && weights.nibbles().orElseThrow().zeroPoint() != 0) {
            throw new IllegalArgumentException(
                    "zeroPoint: 8; values of blocks with minima are from 0 to 15 as they are: expected 0");
        }
        ScaleFormat.F16.check("scales", weights.scales());
        ScaleFormat.F16.check("mins", weights.mins());
    }
}
