package dev.tilesmith.sample.layers;

import dev.tilesmith.runtime.Conv2dKernel;
import dev.tilesmith.runtime.Conv2dShape;
import dev.tilesmith.runtime.PackedFilters;
import dev.tilesmith.sample.network.Operation.Convolution;
import java.lang.foreign.MemorySegment;
import java.util.List;

/**
 * A convolution on a declared kernel.
 *
 * @param kernel convolves
 * @param shape what it does with pixels
 * @param filters packed
 */
record ConvolutionLayer(Conv2dKernel kernel, Conv2dShape shape, PackedFilters filters) implements Layer {
    static ConvolutionLayer of(Convolution convolution, Conv2dKernel kernel) {
        final Conv2dShape shape = convolution.shape();
        return new ConvolutionLayer(kernel, shape, kernel.packFilters(shape, Convolved.filters(convolution)));
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
