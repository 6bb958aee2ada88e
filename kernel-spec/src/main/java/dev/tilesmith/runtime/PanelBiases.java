package dev.tilesmith.runtime;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** Writes the f32 biases of panels. */
final class PanelBiases {
    private static final ValueLayout.OfFloat FLOAT = ValueLayout.JAVA_FLOAT_UNALIGNED;

    /** What leaves every float as it is when added: +0 would turn a -0 into +0. */
    private static final float NONE = -0f;

    private final Weights weights;
    private final int nr;

    PanelBiases(Weights weights, PanelLayout layout) {
        this.weights = weights;
        this.nr = layout.nr();
    }

    /** Writes those of nr columns from {@code column} on to byte {@code at}; those beyond the last are of no effect. */
    void write(MemorySegment to, long at, int column) {
        for (int j = 0; j < nr; j++) {
            final boolean given = weights.bias().length != 0 && column + j < weights.n();
            to.set(FLOAT, at + j * (long) Float.BYTES, given ? weights.bias()[column + j] : NONE);
        }
    }
}
