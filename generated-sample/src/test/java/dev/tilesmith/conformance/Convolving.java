package dev.tilesmith.conformance;

import dev.tilesmith.runtime.Conv2dKernel;
import dev.tilesmith.runtime.Conv2dShape;
import dev.tilesmith.runtime.DepthwiseConv2dKernel;
import dev.tilesmith.runtime.Family;
import dev.tilesmith.runtime.Images;
import dev.tilesmith.runtime.RunOptions;
import dev.tilesmith.runtime.Weights;

/** A kernel of one family that convolves, whatever kind of kernel it is. */
sealed interface Convolving {
    Family family();

    /** Packs filters, and convolves. */
    void convolve(Conv2dShape shape, Weights filters, Images src, Images dst, RunOptions options);

    /** Of filters over all channels of a group. */
    record OverChannels(Conv2dKernel kernel) implements Convolving {
        @Override
        public Family family() {
            return kernel.family();
        }

        @Override
        public void convolve(Conv2dShape shape, Weights filters, Images src, Images dst, RunOptions options) {
            kernel.run(src, kernel.packFilters(shape, filters), dst, options);
        }
    }

    /** Of filters over one channel each. */
    record Depthwise(DepthwiseConv2dKernel kernel) implements Convolving {
        @Override
        public Family family() {
            return kernel.family();
        }

        @Override
        public void convolve(Conv2dShape shape, Weights filters, Images src, Images dst, RunOptions options) {
            kernel.run(src, kernel.packFilters(shape, filters), dst, options);
        }
    }
}
