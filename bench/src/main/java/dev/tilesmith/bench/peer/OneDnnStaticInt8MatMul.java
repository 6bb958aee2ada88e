package dev.tilesmith.bench.peer;

import dev.tilesmith.bench.work.Operands;
import dev.tilesmith.bench.work.StaticScales;
import java.lang.foreign.MemorySegment;

/** oneDNN's matmul primitive from unsigned bytes to unsigned bytes, by scales and zero points known beforehand. */
final class OneDnnStaticInt8MatMul implements Prepared {
    private final Ends ends;
    private final OneDnnInt8Product product;

    OneDnnStaticInt8MatMul(Operands operands) {
        final StaticScales scales = operands.staticScales();
        this.ends = Ends.unsigned(operands);
        this.product = new OneDnnInt8Product(
                operands.shape(),
                new OneDnnInt8Product.Source(ends.lhs(), steps(scales.lhsScale(), scales.lhsZeroPoint())),
                operands.channelWeights(),
                new OneDnnInt8Product.Result.Bytes(ends.dst(), steps(scales.dstScale(), scales.dstZeroPoint())));
    }

    private static OneDnnCall.Steps steps(float scale, int zeroPoint) {
        return new OneDnnCall.Steps().set(scale, zeroPoint + StaticScales.UNSIGNED);
    }

    @Override
    public void run() {
        product.run();
    }

    @Override
    public MemorySegment result() {
        return ends.result();
    }

    @Override
    public String variant() {
        return "matmul u8 s8 u8, weights reordered";
    }
}
