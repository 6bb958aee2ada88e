package dev.tilesmith.sample.ocr;

import dev.tilesmith.sample.layers.FeatureMap;
import dev.tilesmith.sample.layers.NetworkRun;
import dev.tilesmith.sample.layers.PackedNetwork;
import dev.tilesmith.sample.layers.Size;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** A network on declared kernels, on the calling thread. */
final class KernelModel implements Model {
    private static final ValueLayout.OfFloat FLOAT = ValueLayout.JAVA_FLOAT;

    private final NetworkRun run;
    private final float[] blue;
    private final float[] green;
    private final float[] red;

    KernelModel(PackedNetwork network, Normalization normalization) {
        this.run = new NetworkRun(network);
        this.blue = normalization.table(0);
        this.green = normalization.table(1);
        this.red = normalization.table(2);
    }

    @Override
    public Output run(RgbImage image) {
        return run(image, NetworkRun.Observer.NONE);
    }

    /** Runs it, watched. */
    Output run(RgbImage image, NetworkRun.Observer observer) {
        final Size size = new Size(image.height(), image.width(), Normalization.CHANNELS);
        final FeatureMap result = run.run(size, memory -> fill(image, memory), observer);
        final Size found = result.size();
        final float[] values = result.data().toArray(FLOAT);
        return found.channels() == 1
                ? new Output(found.height(), found.width(), values)
                : new Output(found.pixels(), found.channels(), values);
    }

    private void fill(RgbImage image, MemorySegment to) {
        final int[] pixels = image.pixels();
        for (int i = 0; i < pixels.length; i++) {
            final int pixel = pixels[i];
            final long at = (long) Normalization.CHANNELS * i;
            to.setAtIndex(FLOAT, at, blue[pixel & 0xff]);
            to.setAtIndex(FLOAT, at + 1, green[(pixel >>> 8) & 0xff]);
            to.setAtIndex(FLOAT, at + 2, red[(pixel >>> 16) & 0xff]);
        }
    }
}
