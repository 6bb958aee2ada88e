package dev.tilesmith.conformance;

import dev.tilesmith.reference.ActivationReference;
import dev.tilesmith.runtime.DispatchTable;
import dev.tilesmith.runtime.MatMulKernel;
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
record ActivatedFormat(
        FormatUnderTest format, Activation activation, List<DispatchTable<? extends MatMulKernel>> tables)
        implements FormatLike {
    ActivatedFormat(FormatUnderTest format, Activation activation, DispatchTable<? extends MatMulKernel> table) {
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
    public String toString() {
        return format + " with " + activation;
    }
}
