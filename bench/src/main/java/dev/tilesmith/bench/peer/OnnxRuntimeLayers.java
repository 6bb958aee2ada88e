package dev.tilesmith.bench.peer;

import ai.onnxruntime.OnnxJavaType;
import dev.tilesmith.bench.work.BatchProduct;
import dev.tilesmith.bench.work.Convolution;
import dev.tilesmith.bench.work.LayerFormat;
import dev.tilesmith.bench.work.LayerOperands;
import dev.tilesmith.bench.work.LayerWork;
import dev.tilesmith.bench.work.Shape;

/**
 * ONNX Runtime: a graph of one layer, its filters constant. Images come in the order NCHW, which is the order of ONNX, and are
 * turned before and after what is timed.
 */
final class OnnxRuntimeLayers implements LayerPeer {
    @Override
    public String name() {
        return "onnxruntime";
    }

    @Override
    public String variant(LayerWork work) {
        return switch (work.layer()) {
            case Convolution _ ->
                switch (work.format()) {
                    case F32 -> "Conv nchw";
                    case STATIC_INT8 -> "QLinearConv nchw";
                };
            case BatchProduct product ->
                switch (product.right()) {
                    case KEYS -> "FusedMatMul";
                    case VALUES -> "MatMul";
                };
        };
    }

    @Override
    public Prepared prepare(LayerOperands operands) {
        return switch (operands.layer()) {
            case Convolution convolution -> convolution(convolution, operands);
            case BatchProduct product -> products(product, operands);
        };
    }

    private Prepared convolution(Convolution convolution, LayerOperands operands) {
        final LayerFormat format = operands.format();
        final byte[] model =
                switch (format) {
                    case F32 -> OnnxLayerGraph.conv(convolution, operands);
                    case STATIC_INT8 -> OnnxLayerGraph.qLinearConv(convolution, operands);
                };
        final OnnxJavaType type =
                switch (format) {
                    case F32 -> OnnxJavaType.FLOAT;
                    case STATIC_INT8 -> OnnxJavaType.UINT8;
                };
        final LayerEnds ends = LayerEnds.unsigned(operands);
        final Planes src = new Planes(
                1,
                convolution.height() * convolution.width(),
                convolution.pixels().inputChannels(),
                format.activationBytes());
        final Shape shape = convolution.shape();
        final Planes dst = new Planes(1, shape.m(), shape.n(), format.activationBytes());
        final OnnxSession session = new OnnxSession(model, 1, OnnxSession.Idle.SPIN)
                .input(OnnxGraph.INPUT, type, src.ofPixels(ends.src()), OnnxLayerGraph.src(convolution))
                .output(OnnxGraph.OUTPUT, type, ends.dst(), OnnxLayerGraph.dst(convolution));
        return new PreparedLayer(
                session::run,
                () -> ends.result(dst.toPixels(ends.dst())),
                variant(new LayerWork(format, convolution)),
                session::close);
    }

    private Prepared products(BatchProduct product, LayerOperands operands) {
        final Shape shape = product.shape();
        final OnnxJavaType type = OnnxJavaType.FLOAT;
        final OnnxSession session = new OnnxSession(OnnxLayerGraph.products(product), 1, OnnxSession.Idle.SPIN)
                .input(OnnxGraph.INPUT, type, operands.src(), product.heads(), shape.m(), shape.k())
                .input(OnnxGraph.WEIGHTS, type, operands.weights(), product.heads(), product.tokens(), product.width())
                .output(OnnxGraph.OUTPUT, type, operands.dst(), product.heads(), shape.m(), shape.n());
        return new PreparedLayer(
                session::run, operands::dst, variant(new LayerWork(operands.format(), product)), session::close);
    }
}
