package dev.tilesmith.sweep;

import dev.tilesmith.runtime.DispatchTable;
import dev.tilesmith.runtime.MatMulKernel;
import java.util.stream.Stream;

/** Tables of declarations, one of each combination of formats that has kernels. */
public final class SweptTables {
    private SweptTables() {}

    /** All of them. */
    public static Stream<DispatchTable<? extends MatMulKernel>> all() {
        return Stream.of(
                F32SweptKernels.table(),
                F16SweptKernels.table(),
                Bf16SweptKernels.table(),
                F16RowsSweptKernels.table(),
                Bf16RowsSweptKernels.table(),
                F16ResultsSweptKernels.table(),
                Bf16ResultsSweptKernels.table(),
                Int8SweptKernels.table(),
                Int4SweptKernels.table(),
                Int4BlockSweptKernels.table(),
                Int8ToF16SweptKernels.table(),
                Int8ToBf16SweptKernels.table(),
                Int4ToF16SweptKernels.table(),
                Int4ToBf16SweptKernels.table(),
                Int4BlockToF16SweptKernels.table(),
                Int4BlockToBf16SweptKernels.table(),
                TwoBitSweptKernels.table(),
                Q4ZeroSweptKernels.table(),
                Q4OneSweptKernels.table(),
                Q8ZeroSweptKernels.table(),
                StaticInt8SweptKernels.table(),
                StaticInt4SweptKernels.table(),
                SumsSweptKernels.table());
    }
}
