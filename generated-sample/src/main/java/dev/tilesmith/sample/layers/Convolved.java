package dev.tilesmith.sample.layers;

import dev.tilesmith.runtime.Conv2dShape;
import dev.tilesmith.runtime.Matrix;
import dev.tilesmith.runtime.Weights;
import dev.tilesmith.sample.network.Operation.Convolution;

/** What convolutions of all kinds have in common: filters as kernels pack them, and how large maps become. */
final class Convolved {
    private Convolved() {}

    /** A row for each filter, and the bias. */
    static Weights filters(Convolution convolution) {
        final Conv2dShape shape = convolution.shape();
        return Weights.nByK(Matrix.of(convolution.filters(), shape.outputChannels(), shape.k()))
                .withBias(convolution.bias());
    }

    static Size size(Conv2dShape shape, Size input) {
        return new Size(shape.outputHeight(input.height()), shape.outputWidth(input.width()), shape.outputChannels());
    }
}
