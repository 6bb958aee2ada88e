package dev.tilesmith.conformance;

import dev.tilesmith.kernel.packed.PackedPanels;
import dev.tilesmith.runtime.MatMulKernel;
import dev.tilesmith.runtime.Matrix;
import dev.tilesmith.runtime.PackedRhs;
import dev.tilesmith.runtime.RunOptions;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** Runs products on kernels, with operands wherever a test wants them. */
final class Execution {
    private final GuardedMemory guarded = new GuardedMemory();

    /** Fails unless the kernel gives the case's results with operands in Java arrays. */
    static void checkOnHeap(MatMulKernel kernel, Case wanted) {
        final PackedRhs packed = kernel.packRhs(wanted.weights());
        assertExpected(kernel, wanted, onHeap(kernel, wanted, packed, wanted.n(), wanted.options()), Placement.ARRAYS);
    }

    /** Fails unless the kernel gives the case's results with operands in that place. */
    void check(MatMulKernel kernel, Case wanted, PackedRhs packed, Placement placement) {
        final int[] actual = run(kernel, wanted, packed, placement, wanted.n(), wanted.options());
        assertExpected(kernel, wanted, actual, placement);
    }

    private static void assertExpected(MatMulKernel kernel, Case wanted, int[] actual, Placement placement) {
        Bits.assertEqual(
                wanted.dst(),
                wanted.expected(),
                actual,
                wanted.n(),
                name(kernel) + " " + wanted.name() + " " + placement);
    }

    /** The tallest tile of a kernel. */
    static String name(MatMulKernel kernel) {
        return kernel.family().variants().getLast().name();
    }

    /**
     * The bits of m × {@code stride} elements, of which the kernel has written some.
     *
     * @param stride elements from one row of results to the next
     */
    int[] run(MatMulKernel kernel, Case wanted, PackedRhs packed, Placement placement, int stride, RunOptions options) {
        if (placement == Placement.ARRAYS) {
            return onHeap(kernel, wanted, packed, stride, options);
        }
        final int m = wanted.m();
        final int n = wanted.n();
        final Element element = wanted.dst();
        try (Arena arena = Arena.ofConfined()) {
            final MemorySegment panels = copy(packed.data(), placement, arena);
            final Matrix dst = untouched(element, m, n, stride, placement, arena);
            kernel.run(
                    copy(wanted.lhs(), placement, arena),
                    new PackedPanels(PackedPanels.of(packed).layout(), n, packed.k(), packed.blockLength(), panels),
                    dst,
                    options);
            return element.bits(dst);
        }
    }

    /** The same with operands in Java arrays. */
    static int[] onHeap(MatMulKernel kernel, Case wanted, PackedRhs packed, int stride, RunOptions options) {
        final Matrix dst = wanted.dst().onHeap(wanted.m(), wanted.n(), stride);
        kernel.run(wanted.lhs(), packed, dst, options);
        return wanted.dst().bits(dst);
    }

    /** A copy of rows, as far apart, in that place. */
    Matrix copy(Matrix lhs, Placement placement, Arena arena) {
        final MemorySegment copy = copy(Element.storage(lhs), placement, arena);
        return Element.of(lhs).in(copy, lhs.offset(), lhs.rows(), lhs.columns(), lhs.rowStride());
    }

    /** Rows for results in that place, {@code stride} elements apart, which nothing was written to. */
    Matrix untouched(Element element, int rows, int columns, int stride, Placement placement, Arena arena) {
        final MemorySegment to = allocate((long) rows * stride * element.bytes(), placement, arena);
        Element.fill(to);
        return element.in(to, 0, rows, columns, stride);
    }

    private MemorySegment copy(MemorySegment data, Placement placement, Arena arena) {
        return allocate(data.byteSize(), placement, arena).copyFrom(data);
    }

    private MemorySegment allocate(long bytes, Placement placement, Arena arena) {
        final GuardedMemory.Side side =
                placement == Placement.BEHIND_A_GUARD ? GuardedMemory.Side.BEFORE : GuardedMemory.Side.AFTER;
        return guarded.allocate(bytes, side, arena);
    }
}
