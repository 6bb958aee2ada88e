package dev.tilesmith.sample.layers;

import dev.tilesmith.runtime.Conv2dShape;

/** How large maps become by convolutions. */
final class Convolved {
    private Convolved() {}

    static Size size(Conv2dShape shape, Size input) {
        return new Size(shape.outputHeight(input.height()), shape.outputWidth(input.width()), shape.outputChannels());
    }
}
