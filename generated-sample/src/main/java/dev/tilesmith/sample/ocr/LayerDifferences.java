package dev.tilesmith.sample.ocr;

import ai.onnxruntime.OrtException;
import dev.tilesmith.sample.layers.FeatureMap;
import dev.tilesmith.sample.layers.Kernels;
import dev.tilesmith.sample.layers.Size;
import dev.tilesmith.sample.network.Network;
import dev.tilesmith.sample.network.Step;
import dev.tilesmith.sample.peer.OnnxRuntimeNetwork;
import java.lang.foreign.ValueLayout;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** How far the results of steps are from ONNX Runtime's, which has its own results of the steps before. */
final class LayerDifferences {
    /** Dimensions of what the file has as tokens: those of images are four. */
    private static final int TOKENS_RANK = 3;

    private LayerDifferences() {}

    /**
     * How far one is.
     *
     * @param step the file's name of the result
     * @param size of the result
     * @param largest the largest difference
     * @param magnitude the largest result of ONNX Runtime, regardless of its sign
     */
    record Difference(String step, Size size, double largest, double magnitude) {
        /** The largest difference, over the largest result. */
        double relative() {
            return largest == 0 ? 0 : largest / magnitude;
        }

        @Override
        public String toString() {
            return String.format(
                    Locale.ROOT,
                    "%9.2e of %9.2e  %4d x %3d x %4d  %s",
                    largest,
                    magnitude,
                    size.height(),
                    size.width(),
                    size.channels(),
                    step);
        }
    }

    /** Those of all steps of a network, for one image. */
    static List<Difference> of(OcrNetwork network, Kernels kernels, RgbImage image) throws OrtException {
        final Network folded = network.folded();
        final List<String> names = folded.steps().stream().map(Step::name).toList();
        final List<Difference> differences = new ArrayList<>();
        final byte[] watched = OnnxRuntimeNetwork.withOutputs(network.file(), names);
        try (OnnxRuntimeNetwork peer = new OnnxRuntimeNetwork(watched, 1)) {
            final Map<String, OnnxRuntimeNetwork.Output> theirs =
                    new PeerModel(peer, network.normalization()).runAll(image);
            network.onKernels(kernels)
                    .run(image, (name, ours) -> differences.add(between(name, ours, theirs.get(name))));
        }
        return differences;
    }

    private static Difference between(String name, FeatureMap ours, OnnxRuntimeNetwork.Output theirs) {
        final Size size = ours.size();
        final FloatBuffer values = theirs.values();
        final boolean tokens = theirs.shape().size() == TOKENS_RANK;
        if (values.remaining() != size.floats()) {
            throw new IllegalStateException(name + ": " + size + "; ONNX Runtime has " + theirs.shape());
        }
        double largest = 0;
        double magnitude = 0;
        for (int pixel = 0; pixel < size.pixels(); pixel++) {
            for (int channel = 0; channel < size.channels(); channel++) {
                final int place = pixel * size.channels() + channel;
                final float our = ours.data().getAtIndex(ValueLayout.JAVA_FLOAT, place);
                final float their = values.get(tokens ? place : channel * size.pixels() + pixel);
                largest = Math.max(largest, Math.abs((double) our - their));
                magnitude = Math.max(magnitude, Math.abs(their));
            }
        }
        return new Difference(name, size, largest, magnitude);
    }

    /** A line for each step. */
    static String table(String title, List<Difference> differences) {
        return differences.stream()
                .map(Difference::toString)
                .collect(Collectors.joining(
                        System.lineSeparator(), title + System.lineSeparator(), System.lineSeparator()));
    }
}
