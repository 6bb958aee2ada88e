package dev.tilesmith.kernel.packing;

import dev.tilesmith.kernel.layout.PanelLayout;
import dev.tilesmith.runtime.PackedRhs;
import dev.tilesmith.runtime.Weights;

/** Packs weights by the packer of their format, after it is known that they are all that the format takes, and no more. */
public final class RhsPacker {
    private RhsPacker() {}

    /**
     * Packs.
     *
     * @throws IllegalArgumentException if the weights are not what the layout's format takes
     */
    public static PackedRhs pack(Weights weights, PanelLayout layout, Packing packing) {
        Intake.of(layout).check(weights);
        GivenScales.check(weights, layout);
        if (layout.pairsBlocks()) {
            return F16BlockRhsPacker.pack(weights, layout, packing);
        }
        return switch (layout.format()) {
            case F32 -> F32RhsPacker.pack(weights, layout, packing);
            case QSI8CX -> Int8RhsPacker.pack(weights, layout, packing);
            case QSI4CX, QSI4C32 -> Int4RhsPacker.pack(weights, layout, packing);
            case QSU2CX -> TwoBitRhsPacker.pack(weights, layout, packing);
            case F16, BF16, I32, QAI8, QAI8DX, QSI8D32, QAI4C32 ->
                throw new IllegalArgumentException("format: " + layout.format() + "; no packer has weights of it");
        };
    }
}
