package dev.tilesmith.conformance;

import dev.tilesmith.reference.ActivationReference;
import dev.tilesmith.runtime.DispatchTable;
import dev.tilesmith.runtime.Matrix;
import dev.tilesmith.runtime.Weights;
import dev.tilesmith.spec.Activation;
import java.util.List;

/**
 * A format whose kernels apply an activation: all else is as without it.
 *
 * @param format the format
 * @param activation what is applied
 * @param tables tables of kernels that apply it
 */
record ActivatedFormat(FormatUnderTest format, Activation activation, List<DispatchTable<?>> tables)
        implements FormatUnderTest {
    ActivatedFormat(FormatUnderTest format, Activation activation, DispatchTable<?> table) {
        this(format, activation, List.of(table));
    }

    @Override
    public int[] multiply(Matrix lhs, Weights weights, Bounds bounds) {
        final int[] bits = format.multiply(lhs, weights, Bounds.NONE);
        final float[] products = new float[bits.length];
        for (int i = 0; i < bits.length; i++) {
            products[i] = Float.intBitsToFloat(bits[i]);
        }
        return Element.bits(ActivationReference.results(activation, products, bounds.low(), bounds.high()));
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

    @Override
    public List<Samples> samples() {
        return format.samples();
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
        return format + " with " + activation;
    }
}
