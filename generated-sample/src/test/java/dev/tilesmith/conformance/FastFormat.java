package dev.tilesmith.conformance;

import dev.tilesmith.reference.F32Reference;
import dev.tilesmith.runtime.DispatchTable;
import dev.tilesmith.runtime.MatMulKernel;
import dev.tilesmith.runtime.Matrix;
import dev.tilesmith.runtime.Weights;
import dev.tilesmith.runtime.Weights.Halves;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Rows and weights in BF16 whose products are added in any order, and so of integers so small that every order has the same sum: the exact
 * one. {@link FastBoundTest} has others.
 *
 * @param bare whether kernels take neither bias nor bounds
 */
record FastFormat(boolean bare) implements FormatUnderTest {
    /** The largest magnitude. */
    private static final int LARGEST = 15;

    /** In awkward operands one value of so many is no integer. */
    private static final int ONE_IN = 512;

    private static final float[] SELDOM = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY, -0f};

    @Override
    public List<DispatchTable<? extends MatMulKernel>> tables() {
        return bare
                ? List.of(Bf16FastBareKernelKernels.table())
                : List.of(Bf16FastKernelKernels.table(), Bf16FastTiledKernelKernels.table());
    }

    @Override
    public Element lhsElement() {
        return Element.HALF;
    }

    @Override
    public Element dstElement() {
        return Element.F32;
    }

    private static float next(SplittableRandom random, Samples samples) {
        final float number = random.nextInt(-LARGEST, LARGEST + 1);
        return switch (samples) {
            case ORDINARY -> number;
            case AWKWARD -> random.nextInt(ONE_IN) == 0 ? SELDOM[random.nextInt(SELDOM.length)] : number;
        };
    }

    private static short[] bits(int count, Samples samples, long seed) {
        final SplittableRandom random = new SplittableRandom(seed);
        final short[] bits = new short[count];
        for (int i = 0; i < count; i++) {
            bits[i] = Halves.BF16.round(next(random, samples));
        }
        return bits;
    }

    @Override
    public Matrix lhs(int m, Depth depth, Samples samples) {
        return Matrix.of(bits(m * depth.k(), samples, 1), m, depth.k());
    }

    @Override
    public Weights weights(int n, Depth depth, Samples samples) {
        final Weights weights = Weights.nByK(Matrix.of(bits(n * depth.k(), samples, 2), n, depth.k()), Halves.BF16);
        return !bare && depth.k() % 2 == 1 ? weights.withBias(biases(n)) : weights;
    }

    private static float[] biases(int n) {
        final SplittableRandom random = new SplittableRandom(3);
        final float[] biases = new float[n];
        for (int i = 0; i < n; i++) {
            biases[i] = next(random, Samples.ORDINARY);
        }
        return biases;
    }

    @Override
    public int[] multiply(Matrix lhs, Weights weights, Bounds bounds) {
        return Element.bits(F32Reference.multiply(lhs, Halves.BF16, weights, bounds.low(), bounds.high()));
    }

    /** What is packed, and what is refused, is the same for rows of f32. */
    private HalfFormat sameWeights() {
        return new HalfFormat(Halves.BF16, bare);
    }

    @Override
    public List<List<Weights>> alike() {
        return sameWeights().alike();
    }

    @Override
    public List<Refusal> refusals() {
        return sameWeights().refusals();
    }

    /** The largest sums that f32 has exactly, of one sign and of both; and infinities of both signs, which make no number. */
    @Override
    public List<Operands> hardest() {
        final int k = 1 << 14;
        final short[] row = new short[3 * k];
        final short[] columns = new short[2 * k];
        for (int p = 0; p < k; p++) {
            row[p] = Halves.BF16.round(32f);
            row[k + p] = Halves.BF16.round(p % 2 == 0 ? 32f : -32f);
            row[2 * k + p] = Halves.BF16.round(1f);
            columns[p] = Halves.BF16.round(32f);
            columns[k + p] = Halves.BF16.round(p < k / 2 ? 32f : -32f);
        }
        row[2 * k + 3] = Halves.BF16.round(Float.POSITIVE_INFINITY);
        row[2 * k + 5] = Halves.BF16.round(Float.NEGATIVE_INFINITY);
        return List.of(new Operands(
                "the largest sums", Matrix.of(row, 3, k), Weights.nByK(Matrix.of(columns, 2, k), Halves.BF16)));
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
