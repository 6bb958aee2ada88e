package dev.tilesmith.bench.peer;

import dev.tilesmith.bench.work.Operands;
import dev.tilesmith.bench.work.Shape;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** oneDNN's matmul primitive on activations that are quantized in every run, with one scale for all, to f32. */
final class OneDnnInt8MatMul implements Prepared {
    private final Operands operands;
    private final MemorySegment quantized;
    private final TensorQuantizer quantizer = new TensorQuantizer();
    private final OneDnnCall.Steps steps = new OneDnnCall.Steps();
    private final OneDnnInt8Product product;

    OneDnnInt8MatMul(Operands operands) {
        final Shape shape = operands.shape();
        this.operands = operands;
        this.quantized = Arena.ofAuto().allocate((long) shape.m() * shape.k(), 64);
        this.product = new OneDnnInt8Product(
                shape,
                new OneDnnInt8Product.Source(quantized, steps),
                operands.channelWeights(),
                new OneDnnInt8Product.Result.Floats(operands.dst()));
    }

    @Override
    public void run() {
        final long count = (long) operands.shape().m() * operands.shape().k();
        quantizer.quantize(operands.lhs(), count, quantized);
        steps.set(quantizer.scale(), quantizer.zeroPoint());
        product.run();
    }

    @Override
    public MemorySegment result() {
        return operands.dst();
    }

    @Override
    public String variant() {
        return "matmul u8 s8, weights reordered";
    }
}
