package dev.tilesmith.conformance;

import dev.tilesmith.runtime.DispatchTable;
import dev.tilesmith.runtime.MatMulKernel;
import dev.tilesmith.runtime.Matrix;
import dev.tilesmith.runtime.Weights;
import dev.tilesmith.runtime.Weights.Halves;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Rows and weights of 16 bits, and results of the same.
 *
 * @param halves what all of them are
 * @param bare whether kernels take neither bias nor bounds
 */
record HalfResultsFormat(Halves halves, boolean bare) implements FormatLike {
    @Override
    public List<DispatchTable<? extends MatMulKernel>> tables() {
        return switch (halves) {
            case F16 ->
                bare
                        ? List.of(F16ResultsBareKernelKernels.table())
                        : List.of(F16ResultsKernelKernels.table(), F16ResultsTiledKernelKernels.table());
            case BF16 -> List.of(bare ? Bf16ResultsBareKernelKernels.table() : Bf16ResultsKernelKernels.table());
        };
    }

    /** Operands, and what of them is refused, are the same for results of f32. */
    @Override
    public FormatUnderTest format() {
        return new RoundedFormat(new HalfRowsFormat(halves, bare), halves, tables());
    }

    @Override
    public Optional<FormatUnderTest> sameCode() {
        return format().sameCode();
    }

    @Override
    public List<Operands> hardest() {
        return Stream.concat(format().hardest().stream(), Stream.of(ties())).toList();
    }

    /** Each number and half of its last bit, where that is a number too: their sum, and their difference. */
    private Operands ties() {
        final int[] numbers = IntStream.range(0, HalfValues.infinity(halves))
                .filter(bits -> HalfValues.of(halves, halves.round(halfOfLastBit(bits))) == halfOfLastBit(bits))
                .toArray();
        final short[] rows = new short[2 * numbers.length];
        for (int i = 0; i < numbers.length; i++) {
            rows[2 * i] = (short) numbers[i];
            rows[2 * i + 1] = halves.round(halfOfLastBit(numbers[i]));
        }
        final short one = halves.round(1f);
        final short[] columns = {one, one, one, halves.round(-1f)};
        return new Operands("ties", Matrix.of(rows, numbers.length, 2), Weights.nByK(Matrix.of(columns, 2, 2), halves));
    }

    private float halfOfLastBit(int bits) {
        return (float) (HalfValues.after(halves, bits) - HalfValues.of(halves, bits)) / 2;
    }
}
