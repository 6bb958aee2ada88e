package dev.tilesmith.sample.ocr;

import ai.onnxruntime.OrtException;
import dev.tilesmith.sample.peer.OnnxRuntimeNetwork;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.Map;

/** The same network by ONNX Runtime. */
final class PeerModel implements Model {
    private final OnnxRuntimeNetwork network;
    private final Normalization normalization;
    private FloatBuffer memory = FloatBuffer.allocate(0);

    PeerModel(OnnxRuntimeNetwork network, Normalization normalization) {
        this.network = network;
        this.normalization = normalization;
    }

    @Override
    public Output run(RgbImage image) throws OrtException {
        final OnnxRuntimeNetwork.Output output =
                runAll(image).values().iterator().next();
        final List<Long> shape = output.shape();
        final float[] values = new float[output.values().remaining()];
        output.values().get(values);
        return new Output(Math.toIntExact(shape.get(shape.size() - 2)), Math.toIntExact(shape.getLast()), values);
    }

    /** All outputs, by name, the network's first. */
    Map<String, OnnxRuntimeNetwork.Output> runAll(RgbImage image) throws OrtException {
        return network.run(planes(image), image.height(), image.width());
    }

    private FloatBuffer planes(RgbImage image) {
        final int[] pixels = image.pixels();
        reserve(Normalization.CHANNELS * pixels.length);
        for (int channel = 0; channel < Normalization.CHANNELS; channel++) {
            final float[] table = normalization.table(channel);
            final int shift = Byte.SIZE * channel;
            final int first = channel * pixels.length;
            for (int i = 0; i < pixels.length; i++) {
                memory.put(first + i, table[(pixels[i] >>> shift) & 0xff]);
            }
        }
        return memory.slice(0, Normalization.CHANNELS * pixels.length);
    }

    private void reserve(int floats) {
        if (memory.capacity() < floats) {
            memory = ByteBuffer.allocateDirect(floats * Float.BYTES)
                    .order(ByteOrder.nativeOrder())
                    .asFloatBuffer();
        }
    }
}
