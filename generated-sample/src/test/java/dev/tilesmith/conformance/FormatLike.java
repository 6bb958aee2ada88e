package dev.tilesmith.conformance;

import dev.tilesmith.runtime.Matrix;
import dev.tilesmith.runtime.Weights;
import java.util.List;

/** A format that is as another but for what it says of itself. */
interface FormatLike extends FormatUnderTest {
    /** The other. */
    FormatUnderTest format();

    @Override
    default Element lhsElement() {
        return format().lhsElement();
    }

    @Override
    default Element dstElement() {
        return format().dstElement();
    }

    @Override
    default int[] multiply(Matrix lhs, Weights weights, Bounds bounds) {
        return format().multiply(lhs, weights, bounds);
    }

    @Override
    default Weights weights(int n, Depth depth, Samples samples) {
        return format().weights(n, depth, samples);
    }

    @Override
    default List<List<Weights>> alike() {
        return format().alike();
    }

    @Override
    default List<Refusal> refusals() {
        return format().refusals();
    }

    @Override
    default List<Operands> hardest() {
        return format().hardest();
    }

    @Override
    default List<Bounds> bounds() {
        return format().bounds();
    }

    @Override
    default List<Bounds> refusedBounds() {
        return format().refusedBounds();
    }

    @Override
    default List<Samples> samples() {
        return format().samples();
    }

    @Override
    default Matrix lhs(int m, Depth depth, Samples samples) {
        return format().lhs(m, depth, samples);
    }

    @Override
    default Depth depth(int k) {
        return format().depth(k);
    }

    @Override
    default List<Depth> depths() {
        return format().depths();
    }

    @Override
    default List<Shapes.Shape> shapes() {
        return format().shapes();
    }
}
