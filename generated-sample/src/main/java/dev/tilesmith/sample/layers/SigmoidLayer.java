package dev.tilesmith.sample.layers;

import dev.tilesmith.sample.rows.Exp;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;

/** {@code 1 / (1 + exp(-x))}. */
record SigmoidLayer() implements SameSizeLayer {
    private static final ValueLayout.OfFloat FLOAT = ValueLayout.JAVA_FLOAT;

    @Override
    public void run(List<FeatureMap> inputs, FeatureMap output, MemorySegment scratch) {
        final float[] row = new float[output.size().width() * output.size().channels()];
        for (int i = 0; i < output.size().height(); i++) {
            final long at = (long) i * row.length * Float.BYTES;
            MemorySegment.copy(inputs.getFirst().data(), FLOAT, at, row, 0, row.length);
            apply(row);
            MemorySegment.copy(row, 0, output.data(), FLOAT, at, row.length);
        }
    }

    private static void apply(float[] row) {
        for (int i = 0; i < row.length; i++) {
            final float power = Exp.ofNegative(-Math.abs(row[i]));
            row[i] = (row[i] < 0 ? power : 1) / (1 + power);
        }
    }
}
