package dev.tilesmith.conformance;

import dev.tilesmith.reference.F32Reference;
import dev.tilesmith.runtime.DispatchTable;
import dev.tilesmith.runtime.MatMulKernel;
import dev.tilesmith.runtime.Matrix;
import dev.tilesmith.runtime.Weights;
import dev.tilesmith.runtime.Weights.Halves;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.List;
import java.util.SplittableRandom;

/**
 * f32 rows, and weights of 16 bits.
 *
 * @param halves what these are
 * @param bare whether kernels take neither bias nor bounds
 */
record HalfFormat(Halves halves, boolean bare) implements FormatUnderTest {
    private static final ValueLayout.OfShort LITTLE =
            ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    @Override
    public List<DispatchTable<? extends MatMulKernel>> tables() {
        return switch (halves) {
            case F16 ->
                bare
                        ? List.of(F16BareKernelKernels.table())
                        : List.of(F16KernelKernels.table(), F16TiledKernelKernels.table());
            case BF16 ->
                bare
                        ? List.of(Bf16BareKernelKernels.table())
                        : List.of(Bf16KernelKernels.table(), Bf16TiledKernelKernels.table());
        };
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
        final Weights weights = Weights.nByK(Matrix.of(bits(n * depth.k(), samples, 2), n, depth.k()), halves);
        return !bare && depth.k() % 2 == 1 ? weights.withBias(samples.take(n, 3)) : weights;
    }

    /** Of what is awkward any bits, among them all subnormals; infinities and NaN so seldom that most sums have none. */
    private short[] bits(int count, Samples samples, long seed) {
        final short[] bits = new short[count];
        final float[] ordinary = samples.take(count, seed);
        final SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < count; i++) {
            bits[i] = switch (samples) {
                case ORDINARY -> halves.round(ordinary[i]);
                case AWKWARD -> any(random);
            };
        }
        return bits;
    }

    private short any(SplittableRandom random) {
        final short any = (short) random.nextInt();
        final boolean kept = Float.isFinite(halves.widen(any)) || random.nextInt(8) == 0;
        return kept ? any : (short) (any & 0xbfff);
    }

    @Override
    public int[] multiply(Matrix lhs, Weights weights, Bounds bounds) {
        return Element.bits(F32Reference.multiply(lhs, weights, bounds.low(), bounds.high()));
    }

    /** Bits in arrays and in memory, read-only as that of a file; and floats that are rounded to them. */
    @Override
    public List<List<Weights>> alike() {
        final int n = 41;
        final int k = 67;
        final short[] values = bits(n * k, Samples.ORDINARY, 5);
        final short[] turned = new short[n * k];
        for (int i = 0; i < n * k; i++) {
            turned[i % k * n + i / k] = values[i];
        }
        final float[] floats = Samples.ORDINARY.take(n * k, 5);
        final float[] turnedFloats = FormatUnderTest.turned(floats, n, k);
        final MemorySegment segment = Arena.ofAuto().allocateFrom(LITTLE, turned);
        final MemorySegment file = Arena.ofAuto().allocate(3 + 2L * n * k);
        MemorySegment.copy(values, 0, file, LITTLE, 3, n * k);
        return List.of(List.of(
                Weights.nByK(Matrix.of(values, n, k), halves),
                Weights.kByN(Matrix.of(turned, k, n), halves),
                Weights.kByN(Matrix.ofShorts(segment, k, n), halves),
                Weights.nByK(Matrix.ofShorts(file.asReadOnly().asSlice(3), n, k), halves),
                Weights.nByK(Matrix.ofShorts(MemorySegment.ofArray(values), n, k), halves),
                Weights.nByK(Matrix.of(floats, n, k)),
                Weights.kByN(Matrix.of(turnedFloats, k, n)),
                Weights.kByN(Matrix.of(Arena.ofAuto().allocateFrom(ValueLayout.JAVA_FLOAT, turnedFloats), k, n))));
    }

    @Override
    public List<Refusal> refusals() {
        final Weights floats = Weights.nByK(Matrix.of(new float[6], 2, 3));
        final Matrix bits = Matrix.of(new short[6], 2, 3);
        final Halves others =
                switch (halves) {
                    case F16 -> Halves.BF16;
                    case BF16 -> Halves.F16;
                };
        return List.of(
                new Refusal(Weights.nByK(bits), "takes " + halves),
                new Refusal(Weights.nByK(bits, others), "takes " + halves),
                new Refusal(Weights.nByK(Matrix.of(new byte[6], 2, 3)), "takes " + halves),
                bare
                        ? new Refusal(floats.withBias(1f, 2f), "bias = false")
                        : new Refusal(floats.withIntBias(1, 2), "intBias: 2 values"));
    }

    /** Infinities of both signs, which make no number; subnormals alone, whose sums are lost if one of them is; and every value. */
    @Override
    public List<Operands> hardest() {
        final int k = 9;
        final float[] row = {1f, 1f, 1f, 1f, 1f, 1f, 1f, 1f, 1f};
        final short[] columns = new short[2 * k];
        columns[3] = halves.round(Float.POSITIVE_INFINITY);
        columns[5] = halves.round(Float.NEGATIVE_INFINITY);
        for (int p = 0; p < k; p++) {
            columns[k + p] = (short) (p + 1);
        }
        final short[] all = new short[1 << Short.SIZE];
        for (int i = 0; i < all.length; i++) {
            all[i] = (short) i;
        }
        return List.of(
                new Operands(
                        "no number, and subnormals",
                        Matrix.of(row, 1, k),
                        Weights.nByK(Matrix.of(columns, 2, k), halves)),
                new Operands(
                        "every value",
                        Matrix.of(new float[] {1f}, 1, 1),
                        Weights.nByK(Matrix.of(all, all.length, 1), halves)));
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
