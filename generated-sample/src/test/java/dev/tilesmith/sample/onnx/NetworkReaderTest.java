package dev.tilesmith.sample.onnx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import dev.tilesmith.sample.network.Folding;
import dev.tilesmith.sample.network.Network;
import dev.tilesmith.sample.network.Operation;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NetworkReaderTest {
    private static final String FINDER = "ch_PP-OCRv4_det_infer.onnx";
    private static final String READER = "ch_PP-OCRv4_rec_infer.onnx";

    @Test
    void allConvolutionsOfTheNetworkThatFindsLinesAreThere() throws IOException {
        final Network network = NetworkReader.read(file(FINDER));
        assertEquals(62, count(network, Operation.Convolution.class));
        assertEquals(14, depthwise(network));
        assertEquals(2, count(network, Operation.Doubling.class));
    }

    /** Nine of its matrix products have a constant and are convolutions of a pixel, four are those of attention. */
    @Test
    void allProductsOfTheNetworkThatReadsLinesAreThere() throws IOException {
        final Network network = NetworkReader.read(file(READER));
        assertEquals(38 + 9, count(network, Operation.Convolution.class));
        assertEquals(14, depthwise(network));
        assertEquals(2, count(network, Operation.Attention.class));
        assertEquals(5, count(network, Operation.LayerNorm.class));
    }

    /** All norms and activations are taken into convolutions. */
    @ParameterizedTest
    @CsvSource({FINDER, READER})
    void noActivationIsLeft(String name) throws IOException {
        final Network network = Folding.fold(NetworkReader.read(file(name)));
        assertEquals(0, count(network, Operation.Activate.class));
    }

    @ParameterizedTest
    @CsvSource({"Resize, Upsample", "HardSigmoid, Elu", "ConvTranspose, DeformConv", "Clip, Min"})
    void aNodeThatIsNotKnownIsRefusedByItsType(String known, String unknown) throws IOException {
        final byte[] changed = withType(known, unknown);
        final OnnxFormatException e = assertThrows(OnnxFormatException.class, () -> NetworkReader.read(changed));
        assertTrue(e.getMessage().contains("node " + unknown + " '"), e.getMessage());
    }

    @Test
    void aFileCutShortIsNamedSo() throws IOException {
        final byte[] all = file(READER);
        final byte[] part = Arrays.copyOf(all, all.length / 2);
        final OnnxFormatException e = assertThrows(OnnxFormatException.class, () -> NetworkReader.read(part));
        assertTrue(e.getMessage().contains("cut short"), e.getMessage());
    }

    private static long count(Network network, Class<? extends Operation> type) {
        return network.steps().stream()
                .filter(step -> type.isInstance(step.operation()))
                .count();
    }

    private static long depthwise(Network network) {
        return network.steps().stream()
                .filter(step -> step.operation() instanceof Operation.Convolution convolution
                        && convolution.shape().groups() > 1)
                .count();
    }

    private static byte[] withType(String known, String unknown) throws IOException {
        final ModelProto.Builder model = ModelProto.parseFrom(file(FINDER)).toBuilder();
        final GraphProto.Builder graph = model.getGraphBuilder();
        for (int i = 0; i < graph.getNodeCount(); i++) {
            if (graph.getNode(i).getOpType().equals(known)) {
                graph.setNode(i, graph.getNode(i).toBuilder().setOpType(unknown));
            }
        }
        return model.build().toByteArray();
    }

    private static byte[] file(String name) throws IOException {
        try (InputStream in = NetworkReaderTest.class.getResourceAsStream("/models/" + name)) {
            return Objects.requireNonNull(in, name).readAllBytes();
        }
    }
}
