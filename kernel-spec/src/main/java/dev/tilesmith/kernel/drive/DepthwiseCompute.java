package dev.tilesmith.kernel.drive;

import dev.tilesmith.cpu.Host;
import dev.tilesmith.kernel.layout.PanelFamily;
import dev.tilesmith.runtime.Conv2dShape;
import dev.tilesmith.runtime.Weights;
import dev.tilesmith.tune.Tuning;

/** Computes depthwise convolutions by one family. */
abstract sealed class DepthwiseCompute extends Compute
        permits F32JavaDepthwise, F32NativeDepthwise, StaticInt8JavaDepthwise, StaticInt8NativeDepthwise {
    DepthwiseCompute(PanelFamily family, Host host, Tuning tuning) {
        super(family, host, tuning);
    }

    /** Filters as they are packed: as they are given, or with zeros beside their values. */
    Weights filters(Conv2dShape shape, Weights given) {
        return given;
    }

    /** By what code kernels of this size go. */
    abstract SizePath path(Conv2dShape shape);

    /** Which sizes have code of their own, for people to read. */
    abstract String ownSizes();

    /**
     * What is copied at a time, of the whole of a call.
     *
     * @throws IllegalArgumentException if what a kernel spans is more than an array has
     */
    abstract DepthwiseBlocks blocks(DepthwiseProduct whole);

    /** Computes all of a part on the calling thread. */
    abstract void run(DepthwiseProduct part, DepthwiseBlocks blocks);
}
