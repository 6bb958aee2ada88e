package dev.tilesmith.conformance;

import dev.tilesmith.reference.BatchMatMulReference;
import dev.tilesmith.runtime.BatchMatMulKernel;
import dev.tilesmith.runtime.DispatchTable;
import dev.tilesmith.runtime.Matrix;
import dev.tilesmith.runtime.MatrixBatch;
import dev.tilesmith.runtime.Weights;
import dev.tilesmith.runtime.Weights.Halves;
import java.util.List;

/**
 * Products in pairs under test: a format of products, of which both operands are drawn as rows are, and the kernels that multiply
 * such.
 *
 * @param format what left operands and results are
 * @param table the kernels
 */
record BatchFormat(FormatUnderTest format, DispatchTable<? extends BatchMatMulKernel> table) {
    /** f32; binary16; int8, to which both operands are quantized as they come. */
    static List<BatchFormat> all() {
        return List.of(
                new BatchFormat(Formats.F32.getFirst(), BatchF32KernelKernels.table()),
                new BatchFormat(Formats.HALF_RESULTS.getFirst(), BatchF16KernelKernels.table()),
                new BatchFormat(Formats.INT8.getFirst(), BatchInt8KernelKernels.table()));
    }

    /** What values are drawn from: floats that are quantized for all of a column are finite. */
    List<Samples> samples() {
        return switch (table.best().family().rhs()) {
            case F32, F16 -> format.samples();
            case BF16, I32, QAI8, QAI8DX, QSI8D32, QSI8CX, QSI4CX, QSI4C32, QAI4C32, QSU2CX ->
                List.of(Samples.ORDINARY);
        };
    }

    /** What the reference gives for each pair, as {@link Element#bits}. */
    List<int[]> multiply(MatrixBatch lhs, MatrixBatch rhs, List<Integer> counts, FormatUnderTest.Bounds bounds) {
        final Element element = format.dstElement();
        return BatchMatMulReference.multiply(
                        lhs,
                        rhs,
                        counts,
                        (left, right) -> element.onHeap(
                                format.multiply(left, weights(right), bounds), left.rows(), right.columns()))
                .stream()
                .map(element::bits)
                .toList();
    }

    private static Weights weights(Matrix rhs) {
        return Element.of(rhs) == Element.HALF ? Weights.kByN(rhs, Halves.F16) : Weights.kByN(rhs);
    }

    @Override
    public String toString() {
        return "pairs of " + format;
    }
}
