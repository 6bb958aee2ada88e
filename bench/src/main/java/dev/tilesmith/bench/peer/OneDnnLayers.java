package dev.tilesmith.bench.peer;

import dev.tilesmith.bench.work.BatchProduct;
import dev.tilesmith.bench.work.Convolution;
import dev.tilesmith.bench.work.LayerOperands;
import dev.tilesmith.bench.work.LayerWork;
import dev.tilesmith.bench.work.Shape;
import java.lang.foreign.MemorySegment;

/** oneDNN: its convolution primitive, images in the order NHWC, filters reordered once; and its matmul primitive of batches. */
final class OneDnnLayers implements LayerPeer {
    @Override
    public String name() {
        return "onednn";
    }

    @Override
    public String variant(LayerWork work) {
        return switch (work.layer()) {
            case Convolution _ ->
                switch (work.format()) {
                    case F32 -> "convolution nhwc, filters reordered";
                    case STATIC_INT8 -> "convolution nhwc u8 s8 u8, filters reordered";
                };
            case BatchProduct _ -> "matmul, both as they lie";
        };
    }

    @Override
    public Prepared prepare(LayerOperands operands) {
        NativeLibrary.ONEDNN.lookup();
        OneDnn.setThreads(1);
        final LayerEnds ends = LayerEnds.unsigned(operands);
        final Runnable work =
                switch (operands.layer()) {
                    case Convolution convolution -> new OneDnnConvolution(convolution, operands, ends).ready();
                    case BatchProduct product -> products(product, operands);
                };
        return new PreparedLayer(work, ends::result, variant(new LayerWork(operands.format(), operands.layer())));
    }

    private static Runnable products(BatchProduct product, LayerOperands operands) {
        final Shape shape = product.shape();
        final OneDnnCall call = new OneDnnCall();
        final MemorySegment lhs = stacked(product, shape.m(), shape.k(), shape.k(), 1);
        final MemorySegment rhs =
                switch (product.right()) {
                    case KEYS -> stacked(product, shape.k(), shape.n(), 1, shape.k());
                    case VALUES -> stacked(product, shape.k(), shape.n(), shape.n(), 1);
                };
        final MemorySegment dst = stacked(product, shape.m(), shape.n(), shape.n(), 1);
        final MemorySegment description = OneDnn.matMulDescription(call.engine(), lhs, rhs, dst, call.attributes());
        call.operand(OneDnn.ARG_SRC, lhs, operands.src());
        call.operand(OneDnn.ARG_WEIGHTS, rhs, operands.weights());
        call.operand(OneDnn.ARG_DST, dst, operands.dst());
        return call.ready(description);
    }

    private static MemorySegment stacked(
            BatchProduct product, long rows, long columns, long rowStride, long columnStride) {
        return OneDnn.description(OneDnn.F32, new long[] {product.heads(), rows, columns}, new long[] {
            rows * columns, rowStride, columnStride
        });
    }
}
