package dev.tilesmith.sample.layers;

import dev.tilesmith.runtime.Conv2dShape;
import dev.tilesmith.runtime.DepthwiseConv2dKernel;
import dev.tilesmith.runtime.PackedDepthwiseFilters;
import dev.tilesmith.sample.network.Operation.Convolution;
import java.lang.foreign.MemorySegment;
import java.util.List;

/**
 * A depthwise convolution on a declared kernel.
 *
 * @param kernel convolves
 * @param shape what it does with pixels
 * @param filters packed
 */
record DepthwiseLayer(DepthwiseConv2dKernel kernel, Conv2dShape shape, PackedDepthwiseFilters filters)
        implements Layer {
    static DepthwiseLayer of(Convolution convolution, DepthwiseConv2dKernel kernel) {
        final Conv2dShape shape = convolution.shape();
        return new DepthwiseLayer(kernel, shape, kernel.packFilters(shape, Convolved.filters(convolution)));
    }

    @Override
    public Size output(List<Size> inputs) {
        return Convolved.size(shape, inputs.getFirst());
    }

    @Override
    public void run(List<FeatureMap> inputs, FeatureMap output, MemorySegment scratch) {
        kernel.run(inputs.getFirst().images(), filters, output.images());
    }
}
