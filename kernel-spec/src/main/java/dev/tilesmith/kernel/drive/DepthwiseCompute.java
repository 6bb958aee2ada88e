package dev.tilesmith.kernel.drive;

import dev.tilesmith.cpu.Host;
import dev.tilesmith.kernel.layout.PanelFamily;
import dev.tilesmith.tune.Tuning;

/** Computes depthwise convolutions by one family. */
abstract sealed class DepthwiseCompute extends Compute permits F32JavaDepthwise, StaticInt8JavaDepthwise {
    DepthwiseCompute(PanelFamily family, Host host, Tuning tuning) {
        super(family, host, tuning);
    }

    /**
     * What is copied at a time, of the whole of a call.
     *
     * @throws IllegalArgumentException if what a kernel spans is more than an array has
     */
    abstract DepthwiseBlocks blocks(DepthwiseProduct whole);

    /** Computes all of a part on the calling thread. */
    abstract void run(DepthwiseProduct part, DepthwiseBlocks blocks);
}
