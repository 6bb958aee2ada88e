package dev.tilesmith.kernel.drive;

import dev.tilesmith.cpu.Host;
import dev.tilesmith.kernel.layout.PanelFamily;
import dev.tilesmith.kernel.packed.PackedPanels;
import dev.tilesmith.kernel.packing.Packing;
import dev.tilesmith.kernel.packing.RhsPacker;
import dev.tilesmith.runtime.Matrix;
import dev.tilesmith.runtime.RunOptions;
import dev.tilesmith.runtime.Weights;
import dev.tilesmith.tune.Tuning;

/**
 * How one family packs its weights and computes: the driver's view of generated code. Implementations keep no state
 * that a call changes, and may be called from many threads at once.
 */
public abstract sealed class Compute permits ProductCompute, DepthwiseCompute {
    private final PanelFamily family;
    private final Splitting splitting;
    private final long lhsBlockBytes;

    /** Computes a family's products, which are cut as {@code tuning} says, for the caches of {@code host} and for threads. */
    Compute(PanelFamily family, Host host, Tuning tuning) {
        this.family = family;
        this.splitting = Splitting.of(tuning);
        this.lhsBlockBytes = LhsShare.bytes(host, tuning);
    }

    /** The family that is computed. */
    public final PanelFamily family() {
        return family;
    }

    /** How its products are cut for threads, and the packing of its weights. */
    final Splitting splitting() {
        return splitting;
    }

    /** Bytes of the left operand that stay in the second-level cache. */
    final long lhsBlockBytes() {
        return lhsBlockBytes;
    }

    /** Packs weights whose shape has been checked. */
    PackedPanels pack(Weights weights, Packing packing) {
        return RhsPacker.pack(weights, family.layout(), packing);
    }

    /** Fails if the operands are not of the kinds that this family reads and writes. */
    abstract void check(Matrix lhs, Matrix dst);

    /** Fails if bounds are asked for that this family's results cannot have. */
    void checkOptions(RunOptions options) {}
}
