package dev.tilesmith.conformance;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tilesmith.conformance.Int4Format.Kind;
import dev.tilesmith.reference.Int4Reference;
import dev.tilesmith.runtime.Matrix;
import dev.tilesmith.runtime.Weights;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Weights of four bits, with scales for channels and for blocks: every variant that runs here against the reference. */
final class Int4ConformanceTest extends KernelConformance {
    Int4ConformanceTest() {
        super(Formats.INT4);
    }

    /** What the packer states of its quantization: half a scale; a scale is the largest magnitude over 7, rounded. */
    @ParameterizedTest
    @EnumSource
    void quantizedWeightsAreOffByHalfAScale(Kind kind) {
        final int n = 7;
        final int k = 256;
        for (final float size : new float[] {1e-30f, 1f, 3e38f}) {
            final float[] floats = Samples.ORDINARY.take(n * k, 11);
            for (int i = 0; i < floats.length; i++) {
                floats[i] *= size;
            }
            final Int4Reference.Blocks blocks = new Int4Format(kind).quantize(Weights.nByK(Matrix.of(floats, n, k)));
            for (int i = 0; i < floats.length; i++) {
                final double scale = blocks.scales()[i / blocks.blockLength()];
                final double error = Math.abs(floats[i] - blocks.values()[i] * scale);
                assertTrue(error <= scale * 0.5001, kind + ": " + error + " of " + scale);
            }
        }
    }

    /** Weights and scales are all that a panel holds, but for one percent. */
    @ParameterizedTest
    @MethodSource("families")
    void packedWeightsAreNoLargerThanWeightsAndScales(Tested tested) {
        final Int4Format format = (Int4Format) tested.format();
        final int nr = tested.nr();
        final int n = 4 * nr;
        final Depth depth = format.depth(4096);
        final Weights weights = format.weights(n, depth, Samples.ORDINARY);
        final long needed = (long) n * depth.k() / 2 + (long) Beside.scales(weights).length * format.scaleBytes();
        assertPackedInto(needed, tested, weights);
    }
}
