package dev.tilesmith.conformance;

import dev.tilesmith.runtime.DispatchTable;
import dev.tilesmith.runtime.MatMulKernel;

/** Runs products in a JVM whose system refuses executable pages; prints what served. Started by {@link RefusedMemoryTest}. */
final class FilteredJvm {
    private FilteredJvm() {}

    /** {@code mprotect}, or {@code all} for files in memory too. */
    public static void main(String[] args) {
        SystemCallFilter.install(args[0].equals("all"));
        SmallProducts.check();
        for (final DispatchTable<? extends MatMulKernel> table : SmallProducts.tables()) {
            System.out.println("served: " + table.best().family().target());
        }
        System.out.println(Int8KernelKernels.table().explain());
    }
}
