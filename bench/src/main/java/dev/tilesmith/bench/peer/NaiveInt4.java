package dev.tilesmith.bench.peer;

import dev.tilesmith.bench.work.BlockWeights;
import dev.tilesmith.bench.work.Operands;
import dev.tilesmith.bench.work.Shape;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** Rows quantized one by one, then loops over Java arrays, two weights to a byte, a block at a time. */
final class NaiveInt4 implements Prepared {
    private final Shape shape;
    private final float[] lhs;
    private final byte[] nibbles;
    private final float[] scales;
    private final NaiveRow quantized;
    private final float[] dst;

    NaiveInt4(Operands operands) {
        final BlockWeights weights = operands.blockWeights();
        this.shape = operands.shape();
        this.lhs = operands.lhs().toArray(ValueLayout.JAVA_FLOAT);
        this.nibbles = weights.nibbles(BlockWeights.Pairing.NEIGHBOURS);
        this.scales = weights.scales();
        this.quantized = new NaiveRow(shape.k());
        this.dst = new float[shape.m() * shape.n()];
    }

    @Override
    public void run() {
        final int blocks = shape.k() / BlockWeights.LENGTH;
        for (int i = 0; i < shape.m(); i++) {
            quantized.quantize(lhs, i * shape.k());
            for (int j = 0; j < shape.n(); j++) {
                float sum = 0;
                for (int b = 0; b < blocks; b++) {
                    sum += products(b, j * blocks + b) * scales[j * blocks + b];
                }
                dst[i * shape.n() + j] = sum * quantized.step();
            }
        }
    }

    private int products(int rowBlock, int weightBlock) {
        final byte[] values = quantized.values();
        final int zeroPoint = quantized.zeroPoint();
        final int first = rowBlock * BlockWeights.LENGTH;
        final int firstPair = weightBlock * (BlockWeights.LENGTH / 2);
        int sum = 0;
        for (int p = 0; p < BlockWeights.LENGTH / 2; p++) {
            final int pair = nibbles[firstPair + p];
            sum += (values[first + 2 * p] - zeroPoint) * ((pair & 15) - 8);
            sum += (values[first + 2 * p + 1] - zeroPoint) * (((pair >> 4) & 15) - 8);
        }
        return sum;
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
