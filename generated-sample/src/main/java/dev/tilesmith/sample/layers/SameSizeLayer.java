package dev.tilesmith.sample.layers;

import java.util.List;

/** A layer whose output is as large as its first input, and may lie where that does. */
interface SameSizeLayer extends Layer {
    @Override
    default Size output(List<Size> inputs) {
        return inputs.getFirst();
    }

    @Override
    default boolean worksInPlace() {
        return true;
    }
}
