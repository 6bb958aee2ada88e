package dev.tilesmith.conformance;

import dev.tilesmith.reference.Int8Reference;
import dev.tilesmith.runtime.DispatchTable;
import dev.tilesmith.runtime.MatMulKernel;
import dev.tilesmith.runtime.Matrix;
import dev.tilesmith.runtime.Weights;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * int8 weights, and rows that are quantized when the kernel runs.
 *
 * @param bare whether kernels take neither bias nor bounds
 */
record Int8Format(boolean bare) implements FormatUnderTest {
    /** The longest sums that cannot overflow. */
    private static final int MAX_K = 65_793;

    @Override
    public List<DispatchTable<? extends MatMulKernel>> tables() {
        return bare
                ? List.of(Int8BareKernelKernels.table())
                : List.of(Int8KernelKernels.table(), Int8TiledKernelKernels.table());
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
        final byte[] values = FormatUnderTest.bytes(n * depth.k(), 2);
        final Weights weights =
                Weights.nByK(Matrix.of(values, n, depth.k())).withScales(samples.takeScales(n, 4, Float.MAX_VALUE));
        return !bare && depth.k() % 2 == 1 ? weights.withBias(samples.take(n, 3)) : weights;
    }

    @Override
    public int[] multiply(Matrix lhs, Weights weights, Bounds bounds) {
        return Element.bits(Int8Reference.multiply(lhs, weights, bounds.low(), bounds.high()));
    }

    @Override
    public List<List<Weights>> alike() {
        final int n = 41;
        final int k = 23;
        final float[] floats = Samples.ORDINARY.take(n * k, 5);
        Arrays.fill(floats, 2 * k, 3 * k, 0f);
        final Weights given = Weights.nByK(Matrix.of(floats, n, k));
        final Int8Reference.Channels channels = Int8Reference.quantize(given);
        final float[] turned = FormatUnderTest.turned(floats, n, k);
        final byte[] turnedBytes = FormatUnderTest.turned(channels.values(), n, k);
        final MemorySegment bytes = Arena.ofAuto().allocateFrom(ValueLayout.JAVA_BYTE, channels.values());
        final MemorySegment segment = Arena.ofAuto().allocateFrom(ValueLayout.JAVA_FLOAT, turned);
        return List.of(List.of(
                given,
                Weights.kByN(Matrix.of(turned, k, n)),
                Weights.kByN(Matrix.of(segment, k, n)),
                Weights.nByK(Matrix.of(channels.values(), n, k)).withScales(channels.scales()),
                Weights.kByN(Matrix.of(turnedBytes, k, n)).withScales(channels.scales()),
                Weights.nByK(Matrix.ofBytes(bytes, n, k)).withScales(channels.scales())));
    }

    @Override
    public List<Refusal> refusals() {
        final Weights tooLong = Weights.nByK(Matrix.of(new byte[MAX_K + 1], 1, MAX_K + 1));
        final Weights bytes = Weights.nByK(Matrix.of(new byte[6], 2, 3));
        final Weights floats = Weights.nByK(Matrix.of(new float[6], 2, 3));
        final Weights infinite = Weights.nByK(Matrix.of(new float[] {1f, Float.POSITIVE_INFINITY}, 1, 2));
        return List.of(
                new Refusal(tooLong.withScales(1f), "k: 65794"),
                new Refusal(bytes, "scales"),
                new Refusal(floats.withScales(1f, 1f), "scales"),
                new Refusal(infinite, "finite"),
                new Refusal(Weights.nByK(Matrix.of(new int[6], 2, 3)), "weights: int32"),
                new Refusal(bytes.withScales(1f, Float.NaN), "scales: channel 1 has NaN"),
                new Refusal(bytes.withScales(1f).withIntBias(1, 2), "intBias: 2 values"));
    }

    @Override
    public List<Operands> hardest() {
        final Stream<Operands> extremes = Stream.of(1f, -1f).map(sign -> extreme(sign, (byte) -128));
        return Stream.concat(extremes, QuantizedRows.all(this, Int8Format::unit))
                .toList();
    }

    /** Products of the largest magnitude, all of one sign, for as many values as are let through. */
    private static Operands extreme(float sign, byte weight) {
        final float[] lhs = new float[MAX_K];
        Arrays.fill(lhs, sign);
        final byte[] values = new byte[MAX_K];
        Arrays.fill(values, weight);
        return new Operands(
                "sum of extremes of " + sign,
                Matrix.of(lhs, 1, MAX_K),
                Weights.nByK(Matrix.of(values, 1, MAX_K)).withScales(1f));
    }

    private static Weights unit(int k) {
        final byte[] unit = new byte[k * k];
        for (int i = 0; i < k; i++) {
            unit[i * k + i] = 1;
        }
        return Weights.nByK(Matrix.of(unit, k, k)).withScales(1f);
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
