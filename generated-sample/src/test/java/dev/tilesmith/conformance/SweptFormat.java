package dev.tilesmith.conformance;

import dev.tilesmith.runtime.DispatchTable;
import dev.tilesmith.runtime.MatMulKernel;
import java.util.List;

/**
 * A format whose kernels under test are those of a lattice.
 *
 * @param format the format
 * @param table the table with the lattice
 */
record SweptFormat(FormatUnderTest format, DispatchTable<? extends MatMulKernel> table) implements FormatLike {
    @Override
    public List<DispatchTable<? extends MatMulKernel>> tables() {
        return List.of(table);
    }

    /** Ordinary values will do: how they are summed is the default family's test. */
    @Override
    public List<Samples> samples() {
        return List.of(Samples.ORDINARY);
    }

    @Override
    public String toString() {
        return "swept " + format;
    }
}
