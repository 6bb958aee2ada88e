package dev.tilesmith.bench.peer;

import dev.tilesmith.bench.peer.OneDnnCall.Steps;
import dev.tilesmith.bench.work.ChannelWeights;
import dev.tilesmith.bench.work.Shape;
import java.lang.foreign.MemorySegment;

/**
 * oneDNN's matmul primitive on unsigned bytes by signed ones: one scale and one zero point for all activations; weights
 * reordered once to the layout that it asks for, with a scale for each column; results in f32, or in unsigned bytes with
 * a scale and a zero point.
 */
final class OneDnnInt8Product {
    private final Runnable product;

    /**
     * Prepares a product.
     *
     * @param lhs m × k unsigned bytes, and what they stand for, both read in every run
     * @param dst m × n results, and what they stand for if they are bytes
     */
    OneDnnInt8Product(Shape shape, Source lhs, ChannelWeights weights, Result dst) {
        final OneDnnCall call = new OneDnnCall();
        call.steps(OneDnn.ARG_SRC, lhs.steps());
        call.weightScales(OneDnn.FOR_EACH_COLUMN, weights.scales());
        int dstType = OneDnn.F32;
        if (dst instanceof Result.Bytes(MemorySegment _, Steps steps)) {
            call.steps(OneDnn.ARG_DST, steps);
            dstType = OneDnn.U8;
        }
        final MemorySegment srcRows = OneDnn.description(shape.m(), shape.k(), OneDnn.U8, OneDnn.ROWS);
        final MemorySegment any = OneDnn.description(shape.k(), shape.n(), OneDnn.S8, OneDnn.ANY);
        final MemorySegment dstRows = OneDnn.description(shape.m(), shape.n(), dstType, OneDnn.ROWS);
        final MemorySegment description =
                OneDnn.matMulDescription(call.engine(), srcRows, any, dstRows, call.attributes());
        call.operand(OneDnn.ARG_SRC, srcRows, lhs.data());
        // Our n x k rows are the columns of oneDNN's k x n matrix.
        final MemorySegment plain = OneDnn.description(weights.k(), weights.n(), OneDnn.S8, OneDnn.COLUMNS);
        call.weights(description, plain, call.copied(weights.values()));
        call.operand(OneDnn.ARG_DST, dstRows, dst.data());
        this.product = call.ready(description);
    }

    /** Multiplies once. */
    void run() {
        product.run();
    }

    /** Unsigned bytes and what they stand for. */
    record Source(MemorySegment data, Steps steps) {}

    /** Where results go. */
    sealed interface Result {
        MemorySegment data();

        /** Floats. */
        record Floats(MemorySegment data) implements Result {}

        /** Unsigned bytes and what they stand for. */
        record Bytes(MemorySegment data, Steps steps) implements Result {}
    }
}
