package dev.tilesmith.sample.onnx;

import ai.onnx.proto.OnnxMl.TensorProto;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.IntBuffer;
import java.nio.LongBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * A constant tensor of the graph. ONNX keeps its values as raw little-endian bytes, or in a list for its type.
 *
 * @param name its name in the graph
 * @param tensor its values
 */
record Constant(String name, TensorProto tensor) {
    /** Size of one dimension. */
    int dimension(int index) {
        if (index >= tensor.getDimsCount()) {
            throw mismatch("a tensor of more than " + index + " dimensions");
        }
        return Math.toIntExact(tensor.getDims(index));
    }

    /** How many dimensions. */
    int rank() {
        return tensor.getDimsCount();
    }

    float[] floats() {
        require(TensorProto.DataType.FLOAT);
        if (tensor.getRawData().isEmpty()) {
            final float[] values = new float[tensor.getFloatDataCount()];
            for (int i = 0; i < values.length; i++) {
                values[i] = tensor.getFloatData(i);
            }
            return values;
        }
        final ByteBuffer raw = raw();
        final float[] values = new float[raw.remaining() / Float.BYTES];
        raw.asFloatBuffer().get(values);
        return values;
    }

    float scalar() {
        final float[] values = floats();
        if (values.length != 1) {
            throw mismatch("one value");
        }
        return values[0];
    }

    /** Signed bytes. */
    byte[] int8() {
        require(TensorProto.DataType.INT8);
        return bytes();
    }

    /** The bytes of unsigned values. */
    byte[] uint8() {
        require(TensorProto.DataType.UINT8);
        return bytes();
    }

    int int64() {
        require(TensorProto.DataType.INT64);
        final long value = tensor.getRawData().isEmpty() ? tensor.getInt64Data(0) : raw().getLong();
        return Math.toIntExact(value);
    }

    /** Whole numbers, of 32 bits or of 64. */
    List<Integer> integers() {
        final List<Integer> values = new ArrayList<>();
        if (tensor.getDataType() == TensorProto.DataType.INT32.getNumber()) {
            values.addAll(tensor.getInt32DataList());
            for (final IntBuffer raw = raw().asIntBuffer(); raw.hasRemaining(); ) {
                values.add(raw.get());
            }
            return values;
        }
        require(TensorProto.DataType.INT64);
        tensor.getInt64DataList().forEach(value -> values.add(Math.toIntExact(value)));
        for (final LongBuffer raw = raw().asLongBuffer(); raw.hasRemaining(); ) {
            values.add(Math.toIntExact(raw.get()));
        }
        return values;
    }

    private byte[] bytes() {
        if (!tensor.getRawData().isEmpty()) {
            return tensor.getRawData().toByteArray();
        }
        final byte[] values = new byte[tensor.getInt32DataCount()];
        for (int i = 0; i < values.length; i++) {
            values[i] = (byte) tensor.getInt32Data(i);
        }
        return values;
    }

    private ByteBuffer raw() {
        return tensor.getRawData().asReadOnlyByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
    }

    private void require(TensorProto.DataType type) {
        if (tensor.getDataType() != type.getNumber()) {
            throw mismatch("values of type " + type);
        }
    }

    private OnnxFormatException mismatch(String expected) {
        return new OnnxFormatException("constant '" + name + "': expected " + expected + "; found "
                + tensor.getDimsList() + " of type " + TensorProto.DataType.forNumber(tensor.getDataType()));
    }
}
