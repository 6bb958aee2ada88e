package dev.tilesmith.bench.peer;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.UnsafeByteOperations;
import dev.tilesmith.bench.work.Operands;
import dev.tilesmith.bench.work.Shape;
import java.lang.foreign.MemorySegment;

/** ONNX models of a single operator: activations in, weights as a constant. */
final class OnnxGraph {
    static final String INPUT = "x";
    static final String OUTPUT = "y";

    private static final String WEIGHTS = "w";
    private static final int IR_VERSION = 8;
    private static final int OPSET = 17;

    private OnnxGraph() {}

    /** {@code y = MatMul(x, w)} in f32. */
    static byte[] matMul(Operands operands) {
        final Shape shape = operands.shape();
        final GraphProto graph = GraphProto.newBuilder()
                .setName("matmul")
                .addInput(value(INPUT, shape.m(), shape.k()))
                .addOutput(value(OUTPUT, shape.m(), shape.n()))
                .addInitializer(constant(operands.weightsByK(), shape.k(), shape.n()))
                .addNode(NodeProto.newBuilder()
                        .setOpType("MatMul")
                        .addInput(INPUT)
                        .addInput(WEIGHTS)
                        .addOutput(OUTPUT))
                .build();
        return ModelProto.newBuilder()
                .setIrVersion(IR_VERSION)
                .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(OPSET))
                .setGraph(graph)
                .build()
                .toByteArray();
    }

    private static TensorProto constant(MemorySegment data, int rows, int columns) {
        return TensorProto.newBuilder()
                .setName(WEIGHTS)
                .setDataType(TensorProto.DataType.FLOAT.getNumber())
                .addDims(rows)
                .addDims(columns)
                .setRawData(UnsafeByteOperations.unsafeWrap(data.asByteBuffer()))
                .build();
    }

    private static ValueInfoProto value(String name, int rows, int columns) {
        return ValueInfoProto.newBuilder()
                .setName(name)
                .setType(TypeProto.newBuilder()
                        .setTensorType(TypeProto.Tensor.newBuilder()
                                .setElemType(TensorProto.DataType.FLOAT.getNumber())
                                .setShape(TensorShapeProto.newBuilder()
                                        .addDim(TensorShapeProto.Dimension.newBuilder()
                                                .setDimValue(rows))
                                        .addDim(TensorShapeProto.Dimension.newBuilder()
                                                .setDimValue(columns)))))
                .build();
    }
}
