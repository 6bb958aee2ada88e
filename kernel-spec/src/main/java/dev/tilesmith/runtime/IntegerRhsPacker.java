package dev.tilesmith.runtime;

import java.lang.foreign.Arena;

/** Packs weights of a format of integers by the packer of that format. */
final class IntegerRhsPacker {
    private IntegerRhsPacker() {}

    /**
     * Packs.
     *
     * @throws IllegalArgumentException if the weights are not what the layout's format takes
     */
    static PackedRhs pack(Weights weights, PanelLayout layout, Arena arena) {
        return switch (layout.format()) {
            case QSI8CX -> Int8RhsPacker.pack(weights, layout, arena);
            case QSI4CX, QSI4C32 -> Int4RhsPacker.pack(weights, layout, arena);
            case QSU2CX -> TwoBitRhsPacker.pack(weights, layout, arena);
            default -> throw new IllegalArgumentException("format: " + layout.format() + " is not one of integers");
        };
    }
}
