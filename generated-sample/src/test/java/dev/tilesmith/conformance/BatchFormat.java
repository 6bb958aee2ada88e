package dev.tilesmith.conformance;

import dev.tilesmith.reference.BatchMatMulReference;
import dev.tilesmith.runtime.BatchMatMulKernel;
import dev.tilesmith.runtime.DispatchTable;
import dev.tilesmith.runtime.Matrix;
import dev.tilesmith.runtime.MatrixBatch;
import dev.tilesmith.runtime.Weights;
import dev.tilesmith.runtime.Weights.Halves;
import java.util.List;
import java.util.function.Function;

/**
 * Products in pairs under test: a format of products, of which both operands are drawn as rows are, and the kernels that multiply
 * such.
 *
 * @param format what left operands and results are
 * @param table the kernels
 * @param samples what values are drawn from
 * @param weights a right operand as the reference takes it
 */
record BatchFormat(
        FormatUnderTest format,
        DispatchTable<? extends BatchMatMulKernel> table,
        List<Samples> samples,
        Function<Matrix, Weights> weights) {
    private static final List<BatchFormat> ALL = List.of(
            ofFloats(Formats.F32.getFirst(), BatchF32KernelKernels.table(), Weights::kByN),
            ofFloats(
                    Formats.HALF_RESULTS.getFirst(),
                    BatchF16KernelKernels.table(),
                    rhs -> Weights.kByN(rhs, Halves.F16)),
            quantized(Formats.INT8.getFirst(), BatchInt8KernelKernels.table()));

    /** f32; binary16; int8, to which both operands are quantized as they come. */
    static List<BatchFormat> all() {
        return ALL;
    }

    private static BatchFormat ofFloats(
            FormatUnderTest format,
            DispatchTable<? extends BatchMatMulKernel> table,
            Function<Matrix, Weights> weights) {
        return new BatchFormat(format, table, format.samples(), weights);
    }

    /** Floats of which all of a column have a scale are finite. */
    private static BatchFormat quantized(FormatUnderTest format, DispatchTable<? extends BatchMatMulKernel> table) {
        return new BatchFormat(format, table, List.of(Samples.ORDINARY), Weights::kByN);
    }

    /** What the reference gives for each pair, as {@link Element#bits}. */
    List<int[]> multiply(MatrixBatch lhs, MatrixBatch rhs, List<Integer> counts, FormatUnderTest.Bounds bounds) {
        final Element element = format.dstElement();
        return BatchMatMulReference.multiply(
                        lhs,
                        rhs,
                        counts,
                        (left, right) -> element.onHeap(
                                format.multiply(left, weights.apply(right), bounds), left.rows(), right.columns()))
                .stream()
                .map(element::bits)
                .toList();
    }

    @Override
    public String toString() {
        return "pairs of " + format;
    }
}
