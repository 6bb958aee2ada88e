package dev.tilesmith.bench.work;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tilesmith.runtime.Conv2dShape;
import dev.tilesmith.sample.layers.Size;
import dev.tilesmith.sample.network.Folding;
import dev.tilesmith.sample.network.Network;
import dev.tilesmith.sample.network.Operation;
import dev.tilesmith.sample.network.Step;
import dev.tilesmith.sample.onnx.NetworkReader;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The tables of PP-OCRv4's layers beside its files. */
final class OcrLayersTest {
    @Test
    void theFinderHasTheseLayers() throws IOException {
        assertEquals(
                layers("/models/ch_PP-OCRv4_det_infer.onnx", new Size(640, 640, 3)),
                Set.copyOf(LayerModel.PP_OCR_FINDER.layers()));
    }

    @Test
    void theReaderHasTheseLayers() throws IOException {
        assertEquals(
                layers("/models/ch_PP-OCRv4_rec_infer.onnx", new Size(48, 320, 3)),
                Set.copyOf(LayerModel.PP_OCR_READER.layers()));
    }

    /** All convolutions of images of more than a pixel, whose padding is that of {@code SAME} or leaves as many outputs. */
    private static Set<Layer> layers(String file, Size image) throws IOException {
        final Network network = Folding.fold(NetworkReader.read(bytes(file)));
        final List<Size> outputs = new ArrayList<>();
        final Set<Layer> layers = new HashSet<>();
        for (final Step step : network.steps()) {
            final int first = step.inputs().getFirst();
            final Size input = first == Step.IMAGE ? image : outputs.get(first);
            final Size output = output(step.operation(), input);
            outputs.add(output);
            if (step.operation() instanceof Operation.Convolution convolution && input.pixels() > 1) {
                final Convolution layer = new Convolution(
                        input.height(), input.width(), convolution.shape().samePadding());
                assertEquals(output.pixels(), layer.shape().m(), step.name());
                layers.add(layer);
            }
        }
        return layers;
    }

    /** Channels of what is no convolution are of no interest. */
    private static Size output(Operation operation, Size input) {
        return switch (operation) {
            case Operation.Convolution convolution -> {
                final Conv2dShape shape = convolution.shape();
                yield new Size(
                        shape.outputHeight(input.height()), shape.outputWidth(input.width()), shape.outputChannels());
            }
            case Operation.Doubling doubling ->
                new Size(2 * input.height(), 2 * input.width(), doubling.outputChannels());
            case Operation.GlobalAverage _ -> new Size(1, 1, input.channels());
            case Operation.Average window ->
                new Size(input.height() / window.rows(), input.width() / window.columns(), input.channels());
            case Operation.Enlarge enlarge ->
                new Size(input.height() * enlarge.factor(), input.width() * enlarge.factor(), input.channels());
            case Operation.Affine _,
                    Operation.Activate _,
                    Operation.HardSigmoid _,
                    Operation.Sigmoid _,
                    Operation.Softmax _,
                    Operation.Add _,
                    Operation.Gate _,
                    Operation.Concat _,
                    Operation.LayerNorm _,
                    Operation.Attention _ -> input;
        };
    }

    private static byte[] bytes(String file) throws IOException {
        try (InputStream in = OcrLayersTest.class.getResourceAsStream(file)) {
            return Objects.requireNonNull(in, file).readAllBytes();
        }
    }
}
