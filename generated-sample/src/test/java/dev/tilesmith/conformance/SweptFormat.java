package dev.tilesmith.conformance;

import dev.tilesmith.runtime.DispatchTable;
import dev.tilesmith.runtime.Matrix;
import dev.tilesmith.runtime.Weights;
import java.util.List;

/**
 * A format whose kernels under test are those of a lattice.
 *
 * @param format the format
 * @param table the table with the lattice
 */
record SweptFormat(FormatUnderTest format, DispatchTable<?> table) implements FormatUnderTest {
    @Override
    public List<DispatchTable<?>> tables() {
        return List.of(table);
    }

    @Override
    public Element lhsElement() {
        return format.lhsElement();
    }

    @Override
    public Element dstElement() {
        return format.dstElement();
    }

    @Override
    public Weights weights(int n, Depth depth, Samples samples) {
        return format.weights(n, depth, samples);
    }

    @Override
    public int[] multiply(Matrix lhs, Weights weights, Bounds bounds) {
        return format.multiply(lhs, weights, bounds);
    }

    @Override
    public List<List<Weights>> alike() {
        return format.alike();
    }

    @Override
    public List<Refusal> refusals() {
        return format.refusals();
    }

    @Override
    public List<Operands> hardest() {
        return format.hardest();
    }

    @Override
    public List<Bounds> bounds() {
        return format.bounds();
    }

    @Override
    public List<Bounds> refusedBounds() {
        return format.refusedBounds();
    }

    /** Ordinary values will do: how they are summed is the default family's test. */
    @Override
    public List<Samples> samples() {
        return List.of(Samples.ORDINARY);
    }

    @Override
    public Matrix lhs(int m, Depth depth, Samples samples) {
        return format.lhs(m, depth, samples);
    }

    @Override
    public Depth depth(int k) {
        return format.depth(k);
    }

    @Override
    public List<Depth> depths() {
        return format.depths();
    }

    @Override
    public List<Shapes.Shape> shapes() {
        return format.shapes();
    }

    @Override
    public String toString() {
        return "swept " + format;
    }
}
