package dev.tilesmith.sample.layers;

import static dev.tilesmith.sample.layers.OnnxBuilder.integer;
import static dev.tilesmith.sample.layers.OnnxBuilder.integers;
import static dev.tilesmith.sample.layers.OnnxBuilder.number;
import static dev.tilesmith.sample.layers.OnnxBuilder.word;
import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.onnxruntime.OrtException;
import dev.tilesmith.sample.network.Folding;
import dev.tilesmith.sample.network.Network;
import dev.tilesmith.sample.onnx.NetworkReader;
import dev.tilesmith.sample.peer.OnnxRuntimeNetwork;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each operator, read from a file of its own, beside ONNX Runtime's run of that file. */
class OperatorTest {
    private static final int CHANNELS = 6;
    private static final int HEIGHT = 7;
    private static final int WIDTH = 11;
    private static final float TOLERANCE = 2e-6f;

    private final OnnxBuilder onnx = new OnnxBuilder();

    @ParameterizedTest
    @CsvSource({
        "1, 1, 1, 1, 0, 1",
        "3, 3, 1, 1, 1, 1",
        "3, 3, 2, 1, 1, 1",
        "5, 5, 2, 1, 2, 6",
        "1, 3, 1, 2, 1, 1",
        "3, 3, 1, 1, 1, 6",
        "3, 1, 3, 1, 0, 2",
        "3, 3, 1, 2, 2, 3",
    })
    void convolutions(int rows, int columns, int stride, int dilation, int padding, int groups) {
        final String output = onnx.node(
                "Conv",
                List.of("x", onnx.random(12, CHANNELS / groups, rows, columns), onnx.random(12)),
                integers("kernel_shape", rows, columns),
                integers("strides", stride, 1),
                integers("dilations", 1, dilation),
                integers("pads", padding, padding, 0, padding),
                integer("group", groups));
        assertAsOnnxRuntime(output);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 24})
    void transposedConvolutions(int outputs) {
        final String blocks = onnx.node(
                "ConvTranspose",
                List.of("x", onnx.random(CHANNELS, outputs, 2, 2), onnx.random(outputs)),
                integers("kernel_shape", 2, 2),
                integers("strides", 2, 2));
        assertAsOnnxRuntime(onnx.node(
                "Relu",
                List.of(onnx.node(
                        "BatchNormalization",
                        List.of(
                                blocks,
                                onnx.random(outputs),
                                onnx.random(outputs),
                                onnx.random(outputs),
                                onnx.positive(outputs))))));
    }

    /** What comes before a product is taken into it, and what comes before padding is not. */
    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void affineMapsAroundConvolutions(int side) {
        final String before =
                onnx.node("Add", List.of(onnx.node("Mul", List.of("x", onnx.scalar(1.5f))), onnx.scalar(0.7f)));
        final String convolved = onnx.node(
                "Conv",
                List.of(before, onnx.random(8, CHANNELS, side, side)),
                integers("kernel_shape", side, side),
                integers("pads", side / 2, side / 2, side / 2, side / 2));
        final String scaled = onnx.node("Mul", List.of(onnx.scalar(0.3f), convolved));
        final String output = hardSwish(onnx.node("Add", List.of(scaled, onnx.scalar(-0.2f))));
        assertAsOnnxRuntime(output);
        assertEquals(side == 1 ? 1 : 2, steps(output));
    }

    @Test
    void depthwiseWithHardSwish() {
        final String output = hardSwish(onnx.node(
                "Conv",
                List.of("x", onnx.random(CHANNELS, 1, 3, 3), onnx.random(CHANNELS)),
                integers("kernel_shape", 3, 3),
                integers("pads", 1, 1, 1, 1),
                integer("group", CHANNELS)));
        assertAsOnnxRuntime(output);
        assertEquals(1, steps(output));
    }

    @Test
    void silu() {
        final String convolved = pointwise("x", CHANNELS, 8);
        final String sigmoid = onnx.node("Sigmoid", List.of(onnx.node("Mul", List.of(convolved, onnx.scalar(1)))));
        assertAsOnnxRuntime(onnx.node("Mul", List.of(convolved, sigmoid)));
    }

    @Test
    void sigmoids() {
        assertAsOnnxRuntime(onnx.node("Sigmoid", List.of(onnx.node("Mul", List.of("x", onnx.scalar(40))))));
    }

    @Test
    void gates() {
        final String mean = onnx.node("GlobalAveragePool", List.of("x"));
        final String gate = onnx.node(
                "HardSigmoid",
                List.of(pointwise(mean, CHANNELS, CHANNELS)),
                number("alpha", 0.2f),
                number("beta", 0.5f));
        assertAsOnnxRuntime(onnx.node("Add", List.of("x", onnx.node("Mul", List.of("x", gate)))));
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 8})
    void enlargements(int factor) {
        final String scales = onnx.constant(new float[] {1, 1, factor, factor}, 4);
        assertAsOnnxRuntime(onnx.node(
                "Resize",
                List.of("x", onnx.constant(new float[0], 0), scales),
                word("mode", "nearest"),
                word("coordinate_transformation_mode", "asymmetric"),
                word("nearest_mode", "floor")));
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "3, 2", "7, 11", "2, 5"})
    void averages(int rows, int columns) {
        assertAsOnnxRuntime(onnx.node(
                "AveragePool",
                List.of("x"),
                integers("kernel_shape", rows, columns),
                integers("strides", rows, columns)));
    }

    @Test
    void channelsSideBySide() {
        final String five = pointwise("x", CHANNELS, 5);
        assertAsOnnxRuntime(
                onnx.node("Concat", List.of(five, "x", pointwise("x", CHANNELS, 1), five), integer("axis", 1)));
    }

    @Test
    void tokensAreMultipliedNormedAndWeighed() {
        final String row = onnx.node(
                "AveragePool", List.of("x"), integers("kernel_shape", HEIGHT, 1), integers("strides", HEIGHT, 1));
        final String tokens = onnx.node(
                "Transpose",
                List.of(onnx.node("Squeeze", List.of(row), integers("axes", 2))),
                integers("perm", 0, 2, 1));
        final String product = onnx.node("MatMul", List.of(tokens, onnx.random(CHANNELS, 9)));
        final String norm = layerNorm(onnx.node("Add", List.of(product, onnx.random(9))), 9);
        assertAsOnnxRuntime(onnx.node("Softmax", List.of(norm), integer("axis", 2)));
    }

    @Test
    void attention() {
        final int heads = 2;
        final int width = 3;
        final String row = onnx.node(
                "AveragePool", List.of("x"), integers("kernel_shape", HEIGHT, 1), integers("strides", HEIGHT, 1));
        final String tokens = onnx.node(
                "Transpose",
                List.of(onnx.node("Squeeze", List.of(row), integers("axes", 2))),
                integers("perm", 0, 2, 1));
        final String all = onnx.node("MatMul", List.of(tokens, onnx.random(CHANNELS, 3 * heads * width)));
        final String shape = shape(1, WIDTH, 3, heads, width);
        final String split = onnx.node(
                "Transpose", List.of(onnx.node("Reshape", List.of(all, shape))), integers("perm", 2, 0, 3, 1, 4));
        final String queries = onnx.node("Mul", List.of(part(split, 0), onnx.scalar(2.5f)));
        final String keys = onnx.node("Transpose", List.of(part(split, 1)), integers("perm", 0, 1, 3, 2));
        final String weights =
                onnx.node("Softmax", List.of(onnx.node("MatMul", List.of(queries, keys))), integer("axis", 3));
        final String context = onnx.node(
                "Transpose",
                List.of(onnx.node("MatMul", List.of(weights, part(split, 2)))),
                integers("perm", 0, 2, 1, 3));
        assertAsOnnxRuntime(onnx.node("Reshape", List.of(context, shape(1, WIDTH, heads * width))));
    }

    /** A shape of constants, each by itself. */
    private String shape(long... extents) {
        final List<String> parts =
                LongStream.of(extents).mapToObj(onnx::integerConstant).toList();
        return onnx.node("Concat", parts, integer("axis", 0));
    }

    private String part(String split, long number) {
        final String slice = onnx.node(
                "Slice",
                List.of(
                        split,
                        onnx.integerConstant(number),
                        onnx.integerConstant(number + 1),
                        onnx.integerConstant(0)));
        return onnx.node("Squeeze", List.of(slice), integers("axes", 0));
    }

    private String layerNorm(String x, long width) {
        final String mean = onnx.node("ReduceMean", List.of(x), integers("axes", -1));
        final String centred = onnx.node("Sub", List.of(x, mean));
        final String square = onnx.node("Pow", List.of(centred, onnx.scalar(2)));
        final String variance = onnx.node("ReduceMean", List.of(square), integers("axes", -1));
        final String root = onnx.node("Sqrt", List.of(onnx.node("Add", List.of(variance, onnx.scalar(1e-5f)))));
        final String normed = onnx.node("Div", List.of(centred, root));
        return onnx.node("Add", List.of(onnx.node("Mul", List.of(normed, onnx.random(width))), onnx.random(width)));
    }

    private String hardSwish(String x) {
        final String clip = onnx.node(
                "Clip", List.of(onnx.node("Add", List.of(x, onnx.scalar(3))), onnx.scalar(0), onnx.scalar(6)));
        return onnx.node("Div", List.of(onnx.node("Mul", List.of(x, clip)), onnx.scalar(6)));
    }

    private String pointwise(String x, long inputs, long outputs) {
        return onnx.node("Conv", List.of(x, onnx.random(outputs, inputs, 1, 1)), integers("kernel_shape", 1, 1));
    }

    private int steps(String output) {
        return Folding.fold(NetworkReader.read(onnx.file(CHANNELS, output)))
                .steps()
                .size();
    }

    private void assertAsOnnxRuntime(String output) {
        final byte[] file = onnx.file(CHANNELS, output);
        final Network network = Folding.fold(NetworkReader.read(file));
        final float[] image = image();
        final FeatureMap ours = new NetworkRun(PackedNetwork.pack(network, Kernels.f32()))
                .run(new Size(HEIGHT, WIDTH, CHANNELS), memory -> interleave(image, memory));
        final OnnxRuntimeNetwork.Output theirs = theirs(file, image);
        final Size size = ours.size();
        assertEquals(theirs.values().remaining(), size.floats(), () -> size + " and " + theirs.shape());
        final boolean tokens = theirs.shape().size() == 3;
        for (int pixel = 0; pixel < size.pixels(); pixel++) {
            for (int channel = 0; channel < size.channels(); channel++) {
                final int place = pixel * size.channels() + channel;
                final float expected = theirs.values().get(tokens ? place : channel * size.pixels() + pixel);
                assertEquals(
                        expected,
                        ours.data().getAtIndex(ValueLayout.JAVA_FLOAT, place),
                        TOLERANCE * Math.max(1, Math.abs(expected)),
                        "pixel " + pixel + ", channel " + channel);
            }
        }
    }

    private static OnnxRuntimeNetwork.Output theirs(byte[] file, float[] image) {
        final FloatBuffer planes = ByteBuffer.allocateDirect(image.length * Float.BYTES)
                .order(ByteOrder.nativeOrder())
                .asFloatBuffer()
                .put(image)
                .flip();
        try (OnnxRuntimeNetwork peer = new OnnxRuntimeNetwork(file, 1)) {
            return peer.run(planes, HEIGHT, WIDTH).values().iterator().next();
        } catch (OrtException e) {
            throw new AssertionError(e);
        }
    }

    private static float[] image() {
        final Random random = new Random(2);
        final float[] image = new float[CHANNELS * HEIGHT * WIDTH];
        for (int i = 0; i < image.length; i++) {
            image[i] = 2 * random.nextFloat() - 1;
        }
        return image;
    }

    private static void interleave(float[] planes, MemorySegment memory) {
        final int pixels = HEIGHT * WIDTH;
        for (int i = 0; i < planes.length; i++) {
            memory.setAtIndex(ValueLayout.JAVA_FLOAT, (long) (i % pixels) * CHANNELS + i / pixels, planes[i]);
        }
    }
}
