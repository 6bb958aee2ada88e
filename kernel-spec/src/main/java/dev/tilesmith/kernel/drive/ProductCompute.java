package dev.tilesmith.kernel.drive;

import dev.tilesmith.cpu.Host;
import dev.tilesmith.kernel.layout.PanelFamily;
import dev.tilesmith.tune.Tuning;

/** How one family multiplies matrices: every row of the left operand with every column of the right. */
abstract sealed class ProductCompute extends Compute
        permits BlockJavaCompute,
                F32JavaCompute,
                F32NativeCompute,
                Int8JavaCompute,
                PackedRowsCompute,
                StaticInt8JavaCompute {
    /** Computes a family's products, which are cut as {@code tuning} says, for the caches of {@code host} and for threads. */
    ProductCompute(PanelFamily family, Host host, Tuning tuning) {
        super(family, host, tuning);
    }

    /** Computes all of a product on the calling thread. */
    abstract void run(Product product);
}
