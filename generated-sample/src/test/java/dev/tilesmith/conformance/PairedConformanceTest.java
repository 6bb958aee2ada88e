package dev.tilesmith.conformance;

import dev.tilesmith.runtime.Weights;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Rows and weights in blocks, as ggml has them: every variant that runs here against the reference. */
final class PairedConformanceTest extends KernelConformance {
    PairedConformanceTest() {
        super(Formats.PAIRED);
    }

    /** Blocks are all that a panel holds, but for one percent. */
    @ParameterizedTest
    @MethodSource("families")
    void packedWeightsAreNoLargerThanBlocks(Tested tested) {
        final PairedFormat format = (PairedFormat) tested.format();
        final int n = 4 * tested.nr();
        final Depth depth = format.depth(4096);
        final Weights weights = format.weights(n, depth, Samples.ORDINARY);
        final long needed = (long) n * depth.count() * format.blockBytes();
        assertPackedInto(needed, tested, weights);
    }
}
