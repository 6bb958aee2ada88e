package dev.tilesmith.kernel.drive;

import dev.tilesmith.kernel.layout.PanelFamily;
import dev.tilesmith.kernel.packed.PackedPanels;
import dev.tilesmith.kernel.packing.Packing;
import dev.tilesmith.runtime.Matrix;
import dev.tilesmith.runtime.RunOptions;
import dev.tilesmith.runtime.Weights;

/**
 * How one family packs its weights and computes: the driver's view of generated code. Implementations keep no state
 * that a call changes, and may be called from many threads at once.
 */
public abstract sealed class Compute
        permits BlockJavaCompute,
                F32JavaCompute,
                F32NativeCompute,
                Int8JavaCompute,
                Int8NativeCompute,
                StaticInt8JavaCompute,
                StaticInt8NativeCompute {
    Compute() {}

    /** The family that is computed. */
    abstract PanelFamily family();

    /** Packs weights whose shape has been checked. */
    abstract PackedPanels pack(Weights weights, Packing packing);

    /** Fails if the operands are not of the kinds that this family reads and writes. */
    abstract void check(Matrix lhs, Matrix dst);

    /** Fails if bounds are asked for that this family's results cannot have. */
    void checkOptions(RunOptions options) {}

    /** Computes all of a product on the calling thread. */
    abstract void run(Product product);
}
