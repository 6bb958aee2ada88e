package dev.tilesmith.conformance;

import dev.tilesmith.reference.F32Reference;
import dev.tilesmith.runtime.DispatchTable;
import dev.tilesmith.runtime.MatMulKernel;
import dev.tilesmith.runtime.Matrix;
import dev.tilesmith.runtime.Weights;
import dev.tilesmith.runtime.Weights.Halves;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * Rows of 16 bits, and weights of the same.
 *
 * @param halves what both are
 * @param bare whether kernels take neither bias nor bounds
 */
record HalfRowsFormat(Halves halves, boolean bare) implements FormatUnderTest {
    /** In awkward rows one value of so many is any. */
    private static final int ONE_IN = 32;

    /** Without the first bit of their exponent numbers are less than two, and so most sums stay finite. */
    private static final int SMALL = 0xbfff;

    @Override
    public List<DispatchTable<? extends MatMulKernel>> tables() {
        return switch (halves) {
            case F16 ->
                bare
                        ? List.of(F16RowsBareKernelKernels.table())
                        : List.of(F16RowsKernelKernels.table(), F16RowsTiledKernelKernels.table());
            case BF16 ->
                bare
                        ? List.of(Bf16RowsBareKernelKernels.table())
                        : List.of(Bf16RowsKernelKernels.table(), Bf16RowsTiledKernelKernels.table());
        };
    }

    /** Rows are widened before it. */
    @Override
    public Optional<FormatUnderTest> sameCode() {
        return Optional.of(sameWeights());
    }

    @Override
    public Element lhsElement() {
        return Element.HALF;
    }

    @Override
    public Element dstElement() {
        return Element.F32;
    }

    @Override
    public Matrix lhs(int m, Depth depth, Samples samples) {
        final int count = m * depth.k();
        final short[] bits = new short[count];
        final float[] ordinary = samples.take(count, 1);
        final SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < count; i++) {
            bits[i] = switch (samples) {
                case ORDINARY -> halves.round(ordinary[i]);
                case AWKWARD -> (short) (random.nextInt() & (random.nextInt(ONE_IN) == 0 ? -1 : SMALL));
            };
        }
        return Matrix.of(bits, m, depth.k());
    }

    @Override
    public Weights weights(int n, Depth depth, Samples samples) {
        return sameWeights().weights(n, depth, samples);
    }

    /** What is packed, and what is refused, is the same for rows of f32. */
    private HalfFormat sameWeights() {
        return new HalfFormat(halves, bare);
    }

    @Override
    public int[] multiply(Matrix lhs, Weights weights, Bounds bounds) {
        return Element.bits(F32Reference.multiply(lhs, halves, weights, bounds.low(), bounds.high()));
    }

    @Override
    public List<List<Weights>> alike() {
        return sameWeights().alike();
    }

    @Override
    public List<Refusal> refusals() {
        return sameWeights().refusals();
    }

    /** Infinities of both signs, which make no number; and subnormals alone, whose products f32 has exactly or rounds once. */
    @Override
    public List<Operands> hardest() {
        final int k = 9;
        final short[] rows = new short[2 * k];
        final short[] columns = new short[2 * k];
        for (int p = 0; p < k; p++) {
            rows[p] = (short) (0x8000 | (p + 1));
            rows[k + p] = halves.round(1f);
            columns[p] = (short) (2 * p + 1);
            columns[k + p] = halves.round(1f);
        }
        rows[k + 3] = halves.round(Float.POSITIVE_INFINITY);
        rows[k + 5] = halves.round(Float.NEGATIVE_INFINITY);
        return List.of(new Operands(
                "no number, and subnormals", Matrix.of(rows, 2, k), Weights.nByK(Matrix.of(columns, 2, k), halves)));
    }

    @Override
    public List<Bounds> bounds() {
        return sameWeights().bounds();
    }

    @Override
    public List<Bounds> refusedBounds() {
        return sameWeights().refusedBounds();
    }
}
