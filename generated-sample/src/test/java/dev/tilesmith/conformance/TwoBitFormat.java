package dev.tilesmith.conformance;

import dev.tilesmith.reference.TwoBitReference;
import dev.tilesmith.runtime.DispatchTable;
import dev.tilesmith.runtime.MatMulKernel;
import dev.tilesmith.runtime.Matrix;
import dev.tilesmith.runtime.Weights;
import dev.tilesmith.runtime.Weights.Codes;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * Weights of two bits that choose from a table, and rows that are quantized when the kernel runs.
 *
 * @param bare whether kernels take neither bias nor bounds
 */
record TwoBitFormat(boolean bare) implements FormatUnderTest {
    /** The longest sums that cannot overflow. */
    private static final int MAX_K = 65_793;

    private static final int PER_BYTE = 4;

    /** KleidiAI's; the widest there can be, the smallest value in each place; without 0; all alike. */
    private static final List<List<Integer>> TABLES = List.of(
            List.of(-2, -1, 0, 1),
            List.of(-128, 127, -127, 126),
            List.of(127, -128, 0, 126),
            List.of(5, 90, 3, 7),
            List.of(0, -1, 1, -128),
            List.of(-9, -9, -9, -9));

    @Override
    public List<DispatchTable<? extends MatMulKernel>> tables() {
        return List.of(bare ? TwoBitTiledKernelKernels.table() : TwoBitKernelKernels.table());
    }

    @Override
    public Element lhsElement() {
        return Element.F32;
    }

    @Override
    public Element dstElement() {
        return Element.F32;
    }

    private static Weights weights(byte[] values, int n, int k, List<Integer> table) {
        return Weights.nByK(Matrix.of(values, n, Math.ceilDiv(k, PER_BYTE)), new Codes(k, table));
    }

    /** With the depth changes the table. */
    @Override
    public Weights weights(int n, Depth depth, Samples samples) {
        final int k = depth.k();
        final byte[] values = FormatUnderTest.bytes(n * Math.ceilDiv(k, PER_BYTE), 2);
        final List<Integer> table = TABLES.get((samples == Samples.AWKWARD ? k + 1 : k) % TABLES.size());
        final Weights weights = weights(values, n, k, table).withScales(samples.takeScales(n, 4, Float.MAX_VALUE));
        return !bare && k % 2 == 1 ? weights.withBias(samples.take(n, 3)) : weights;
    }

    @Override
    public int[] multiply(Matrix lhs, Weights weights, Bounds bounds) {
        return Element.bits(TwoBitReference.multiply(lhs, weights, bounds.low(), bounds.high()));
    }

    @Override
    public List<List<Weights>> alike() {
        final int n = 41;
        final int k = 23;
        final byte[] codes = FormatUnderTest.bytes(n * k, 5);
        final List<Integer> table = TABLES.get(3);
        final Matrix columns = fourToAByte(FormatUnderTest.turned(codes, n, k), k, n);
        return List.of(List.of(
                Weights.nByK(fourToAByte(codes, n, k), new Codes(k, table)).withScales(0.5f),
                Weights.kByN(columns, new Codes(n, table)).withScales(0.5f)));
    }

    /** The lowest two bits of each value. */
    private static Matrix fourToAByte(byte[] codes, int rows, int columns) {
        final int width = Math.ceilDiv(columns, PER_BYTE);
        final byte[] bytes = new byte[rows * width];
        for (int i = 0; i < rows * columns; i++) {
            final int column = i % columns;
            bytes[i / columns * width + column / PER_BYTE] |= (byte) ((codes[i] & 3) << (column % PER_BYTE * 2));
        }
        return Matrix.of(bytes, rows, width);
    }

    @Override
    public List<Refusal> refusals() {
        final Weights right = weights(new byte[4], 2, 8, TABLES.getFirst()).withScales(1f);
        final int longer = MAX_K + 1;
        final byte[] values = new byte[Math.ceilDiv(longer, PER_BYTE)];
        return List.of(
                new Refusal(weights(values, 1, longer, TABLES.getFirst()).withScales(1f), "k: 65794"),
                new Refusal(weights(new byte[4], 2, 8, TABLES.getFirst()), "scales: none"),
                new Refusal(Weights.nByK(Matrix.of(new float[6], 2, 3)), "Weights.Codes"),
                new Refusal(Weights.nByK(Matrix.of(new byte[6], 2, 3)).withScales(1f), "Weights.Codes"),
                new Refusal(right.withScales(Float.POSITIVE_INFINITY), "scales: Infinity"),
                new Refusal(right.withIntBias(1, 2), "intBias: 2 values"));
    }

    @Override
    public List<Operands> hardest() {
        final Stream<Operands> extremes = Stream.of(1f, -1f)
                .flatMap(sign -> Stream.of(List.of(-128, 0, 0, 127), List.of(127, 0, 0, -128))
                        .map(table -> extreme(sign, table)));
        // where a JVM is emulated rows are quantized by int8's code, whose tests have these
        final Stream<Operands> rows = Shapes.FEW ? Stream.of() : QuantizedRows.all(this, TwoBitFormat::unit);
        return Stream.concat(extremes, rows).toList();
    }

    /** Products of the largest magnitude, of one sign in either column, for as many values as are let through. */
    private static Operands extreme(float sign, List<Integer> table) {
        final int k = Shapes.FEW ? MAX_K / 16 : MAX_K;
        final float[] lhs = new float[k];
        Arrays.fill(lhs, sign);
        final byte[] values = new byte[2 * Math.ceilDiv(k, PER_BYTE)];
        Arrays.fill(values, values.length / 2, values.length, (byte) 0xff);
        return new Operands(
                "sum of extremes of " + sign + " with " + table,
                Matrix.of(lhs, 1, k),
                weights(values, 2, k, table).withScales(1f));
    }

    private static Weights unit(int k) {
        final byte[] unit = new byte[k * k];
        for (int i = 0; i < k; i++) {
            unit[i * k + i] = 1;
        }
        return Weights.nByK(fourToAByte(unit, k, k), new Codes(k, List.of(0, 1, 0, 0)))
                .withScales(1f);
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
