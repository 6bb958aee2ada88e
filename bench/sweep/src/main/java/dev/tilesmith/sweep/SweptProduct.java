package dev.tilesmith.sweep;

import dev.tilesmith.runtime.DispatchTable;
import dev.tilesmith.runtime.MatMulKernel;
import dev.tilesmith.spec.SweptShape;
import dev.tilesmith.sweep.operand.Formats;
import dev.tilesmith.sweep.operand.Operands;
import dev.tilesmith.sweep.operand.PackedCopies;

/**
 * One product of one variant, ready to be repeated and timed: random operands off the heap, and weights packed for the variant.
 * Generated JMH classes have one.
 */
public final class SweptProduct implements AutoCloseable {
    private final MatMulKernel kernel;
    private final Operands operands;
    private final PackedCopies weights;

    private SweptProduct(MatMulKernel kernel, Operands operands, PackedCopies weights) {
        this.kernel = kernel;
        this.operands = operands;
        this.weights = weights;
    }

    /**
     * A product of a declared kernel, on the calling thread.
     *
     * @param table the declaration's table
     * @param variant the name of a variant of it: its tile, and the shorter ones of its family
     * @param shape {@code MxNxK}, or {@code MxNxK-cold} for weights that come from memory
     * @throws IllegalArgumentException if there is no such variant, or no such shape
     * @throws IllegalStateException if the variant cannot run here
     */
    public static SweptProduct of(DispatchTable<? extends MatMulKernel> table, String variant, String shape) {
        final SweptShape extents = SweptShape.parse(shape);
        final MatMulKernel kernel = table.kernel(variant);
        final Operands operands = Operands.random(Formats.of(kernel.family()), extents);
        try {
            return new SweptProduct(kernel, operands, PackedCopies.of(kernel, operands.weights(), extents));
        } catch (RuntimeException | Error e) {
            operands.close();
            throw e;
        }
    }

    /** Multiplies once. */
    public void run() {
        kernel.run(operands.lhs(), weights.next(), operands.dst());
    }

    /** Gives the memory back. */
    @Override
    public void close() {
        weights.close();
        operands.close();
    }
}
