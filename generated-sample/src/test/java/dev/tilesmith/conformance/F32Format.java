package dev.tilesmith.conformance;

import dev.tilesmith.reference.F32Reference;
import dev.tilesmith.runtime.DispatchTable;
import dev.tilesmith.runtime.MatMulKernel;
import dev.tilesmith.runtime.Matrix;
import dev.tilesmith.runtime.Weights;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.List;

/**
 * f32.
 *
 * @param bare whether kernels take neither bias nor bounds
 */
record F32Format(boolean bare) implements FormatUnderTest {
    @Override
    public List<DispatchTable<? extends MatMulKernel>> tables() {
        return bare
                ? List.of(F32BareKernelKernels.table())
                : List.of(F32KernelKernels.table(), F32TiledKernelKernels.table());
    }

    @Override
    public Element lhsElement() {
        return Element.F32;
    }

    @Override
    public Element dstElement() {
        return Element.F32;
    }

    @Override
    public Weights weights(int n, Depth depth, Samples samples) {
        final Weights weights = Weights.nByK(Matrix.of(samples.take(n * depth.k(), 2), n, depth.k()));
        return !bare && depth.k() % 2 == 1 ? weights.withBias(samples.take(n, 3)) : weights;
    }

    @Override
    public int[] multiply(Matrix lhs, Weights weights, Bounds bounds) {
        return Element.bits(F32Reference.multiply(lhs, weights, bounds.low(), bounds.high()));
    }

    @Override
    public List<List<Weights>> alike() {
        final int n = 41;
        final int k = 23;
        final float[] values = Samples.AWKWARD.take(n * k, 5);
        final float[] turned = FormatUnderTest.turned(values, n, k);
        final MemorySegment segment = Arena.ofAuto().allocateFrom(ValueLayout.JAVA_FLOAT, turned);
        return List.of(List.of(
                Weights.nByK(Matrix.of(values, n, k)),
                Weights.kByN(Matrix.of(turned, k, n)),
                Weights.kByN(Matrix.of(segment, k, n))));
    }

    @Override
    public List<Refusal> refusals() {
        final Weights floats = Weights.nByK(Matrix.of(new float[6], 2, 3));
        return List.of(
                new Refusal(Weights.nByK(Matrix.of(new byte[6], 2, 3)), "takes f32"),
                new Refusal(Weights.nByK(Matrix.of(new int[6], 2, 3)), "takes f32"),
                bare
                        ? new Refusal(floats.withBias(1f, 2f), "bias = false")
                        : new Refusal(floats.withIntBias(1, 2), "intBias: 2 values"));
    }

    /** Sums that overflow, and such that are no number for it. */
    @Override
    public List<Operands> hardest() {
        final float[] row = new float[9];
        Arrays.fill(row, Float.MAX_VALUE);
        final float[] columns = {1f, 1f, 1f, 1f, 1f, 1f, 1f, 1f, 1f, 2f, -2f, 2f, -2f, 2f, -2f, 2f, -2f, 2f};
        return List.of(
                new Operands("overflow", Matrix.of(row, 1, 9), Weights.nByK(Matrix.of(columns, 2, 9))),
                new Operands("no number", Matrix.of(row, 1, 9), Weights.kByN(Matrix.of(columns, 9, 2))));
    }

    @Override
    public List<Bounds> bounds() {
        return bare ? List.of() : Bounds.OF_FLOATS;
    }

    @Override
    public List<Bounds> refusedBounds() {
        return bare ? Bounds.OF_FLOATS : List.of();
    }
}
