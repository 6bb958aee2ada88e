package dev.tilesmith.kernel.drive;

import dev.tilesmith.kernel.argument.DepthwiseInt8Arguments;
import dev.tilesmith.kernel.layout.ElementKind;
import dev.tilesmith.runtime.Conv2dShape;
import dev.tilesmith.runtime.Matrix;
import dev.tilesmith.runtime.PlainWeights;
import dev.tilesmith.runtime.Weights;
import dev.tilesmith.size.Sizes;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** Filters each of whose rows is whole groups of columns, with zeros after its values, which add nothing to sums. */
final class SpreadFilters {
    private final Conv2dShape shape;
    private final int spread;

    private SpreadFilters(Conv2dShape shape) {
        this.shape = shape;
        this.spread = DepthwiseGroups.ofPixel(shape) * DepthwiseInt8Arguments.TAPS;
    }

    /** Those of filters of a convolution. Blocks, which no such kernel takes, are left to the packer to refuse. */
    static Weights of(Conv2dShape shape, Weights filters) {
        return filters instanceof PlainWeights plain && plain.encoding() instanceof Weights.Elements
                ? new SpreadFilters(shape).of(plain)
                : filters;
    }

    private PlainWeights of(PlainWeights given) {
        final Matrix values = given.values();
        final int bytes = ElementKind.bytes(values);
        final int k = Math.toIntExact(Sizes.times(shape.kernelHeight(), spread));
        final int n = given.n();
        final MemorySegment memory = Arena.ofAuto().allocate(Sizes.times(Math.max(1, n), k, bytes), 64);
        final Matrix to =
                switch (given.orientation()) {
                    case N_BY_K -> new Matrix.Segment(memory, bytes, 0, n, k, k);
                    case K_BY_N -> new Matrix.Segment(memory, bytes, 0, k, n, n);
                };
        for (int row = 0; row < values.rows(); row++) {
            switch (given.orientation()) {
                case N_BY_K -> {
                    for (int r = 0; r < shape.kernelHeight(); r++) {
                        final long at = values.offset() + row * values.rowStride() + (long) r * shape.kernelWidth();
                        ElementCopy.copy(
                                values, at, shape.kernelWidth(), memory, ((long) row * k + (long) r * spread) * bytes);
                    }
                }
                case K_BY_N -> {
                    final int tap = row / shape.kernelWidth() * spread + row % shape.kernelWidth();
                    ElementCopy.copy(
                            values, values.offset() + row * values.rowStride(), n, memory, (long) tap * n * bytes);
                }
            }
        }
        return new PlainWeights(to, given.encoding(), given.orientation(), given.scales(), given.ends());
    }
}
