package dev.tilesmith.sample.onnx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import dev.tilesmith.sample.model.BertWeights;
import dev.tilesmith.sample.search.ModelFiles;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BertReaderTest {
    private static byte[] file = {};

    @BeforeAll
    static void readFile() {
        file = ModelFiles.model();
    }

    @Test
    void theModelHasItsShape() {
        final BertWeights weights = BertReader.read(file);
        assertEquals(6, weights.layers().size());
        assertEquals(12, weights.heads());
        assertEquals(32, weights.headWidth());
        assertEquals(1536, weights.inner());
        assertEquals(30_522, weights.words().rows());
        assertEquals(512, weights.positions().rows());
        assertEquals(2, weights.tokenTypes().rows());
    }

    @Test
    void weightsAreSymmetricSevenBitIntegersWithAScalePerChannel() {
        BertReader.read(file).layers().forEach(layer -> {
            assertTrue(layer.queryKeyValue().weights().symmetric());
            assertEquals(3 * 384, layer.queryKeyValue().weights().scales().length);
            for (final byte value : layer.feedForwardIn().weights().values()) {
                assertTrue(value >= -64 && value <= 64);
            }
        });
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.0001, 0.3, 0.9, 0.9999})
    void aFileCutShortIsNamedSo(double share) {
        final byte[] part = Arrays.copyOf(file, (int) (file.length * share));
        final OnnxFormatException e = assertThrows(OnnxFormatException.class, () -> BertReader.read(part));
        assertTrue(e.getMessage().contains("cut short"), e.getMessage());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "This is no ONNX file, however long it may be.", "\u0000\u0000\u0000"})
    void aForeignFileIsNamedSo(String text) {
        final byte[] foreign = text.getBytes(StandardCharsets.UTF_8);
        final OnnxFormatException e = assertThrows(OnnxFormatException.class, () -> BertReader.read(foreign));
        assertTrue(e.getMessage().startsWith("file: " + foreign.length + " bytes"), e.getMessage());
    }

    /** One node of the graph is turned into another operation; the message names that node. */
    @ParameterizedTest
    @CsvSource({
        "/encoder/layer.2/intermediate/intermediate_act_fn/Erf, Tanh",
        "/encoder/layer.4/attention/self/Softmax, LogSoftmax",
        "/encoder/layer.0/output/LayerNorm/Sqrt, Reciprocal",
        "/encoder/layer.5/attention/self/key/MatMul_quant, QLinearMatMul",
        "/encoder/layer.1/attention/self/Div, Mul",
        "/embeddings/word_embeddings/Gather, GatherElements",
    })
    void aGraphOfAnotherShapeIsRefusedAtTheNode(String node, String type) throws Exception {
        final byte[] changed = withType(node, type);
        final OnnxFormatException e = assertThrows(OnnxFormatException.class, () -> BertReader.read(changed));
        assertTrue(e.getMessage().contains("'" + node + "'"), e.getMessage());
    }

    private static byte[] withType(String name, String type) throws Exception {
        final ModelProto.Builder model = ModelProto.parseFrom(file).toBuilder();
        final GraphProto.Builder graph = model.getGraphBuilder();
        for (int i = 0; i < graph.getNodeCount(); i++) {
            final NodeProto node = graph.getNode(i);
            if (node.getName().equals(name)) {
                graph.setNode(i, node.toBuilder().setOpType(type));
                return model.build().toByteArray();
            }
        }
        throw new AssertionError("no node " + name);
    }
}
