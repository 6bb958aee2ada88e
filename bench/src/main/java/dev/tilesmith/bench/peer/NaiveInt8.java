package dev.tilesmith.bench.peer;

import dev.tilesmith.bench.work.ChannelWeights;
import dev.tilesmith.bench.work.Operands;
import dev.tilesmith.bench.work.Shape;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** Rows quantized one by one, then three loops over Java arrays of bytes. */
final class NaiveInt8 implements Prepared {
    private final Shape shape;
    private final float[] lhs;
    private final ChannelWeights weights;
    private final NaiveRow quantized;
    private final float[] dst;

    NaiveInt8(Operands operands) {
        this.shape = operands.shape();
        this.lhs = operands.lhs().toArray(ValueLayout.JAVA_FLOAT);
        this.weights = operands.channelWeights();
        this.quantized = new NaiveRow(shape.k());
        this.dst = new float[shape.m() * shape.n()];
    }

    @Override
    public void run() {
        for (int i = 0; i < shape.m(); i++) {
            multiplyRow(i);
        }
    }

    private void multiplyRow(int row) {
        final int k = shape.k();
        quantized.quantize(lhs, row * k);
        final byte[] rowValues = quantized.values();
        final int zeroPoint = quantized.zeroPoint();
        final byte[] values = weights.values();
        for (int j = 0; j < shape.n(); j++) {
            int sum = 0;
            for (int p = 0; p < k; p++) {
                sum += (rowValues[p] - zeroPoint) * values[j * k + p];
            }
            dst[row * shape.n() + j] = sum * quantized.step() * weights.scales()[j];
        }
    }

    @Override
    public MemorySegment result() {
        return MemorySegment.ofArray(dst);
    }

    @Override
    public String variant() {
        return "three loops";
    }
}
