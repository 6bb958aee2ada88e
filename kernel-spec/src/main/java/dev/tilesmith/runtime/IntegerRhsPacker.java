package dev.tilesmith.runtime;

/** Packs weights of a format of integers by the packer of that format. */
final class IntegerRhsPacker {
    private IntegerRhsPacker() {}

    /**
     * Packs.
     *
     * @throws IllegalArgumentException if the weights are not what the layout's format takes
     */
    static PackedRhs pack(Weights weights, PanelLayout layout, Packing packing) {
        if (layout.pairsBlocks()) {
            return F16BlockRhsPacker.pack(weights, layout, packing);
        }
        return switch (layout.format()) {
            case QSI8CX -> Int8RhsPacker.pack(weights, layout, packing);
            case QSI4CX, QSI4C32 -> Int4RhsPacker.pack(weights, layout, packing);
            case QSU2CX -> TwoBitRhsPacker.pack(weights, layout, packing);
            default -> throw new IllegalArgumentException("format: " + layout.format() + " is not one of integers");
        };
    }
}
