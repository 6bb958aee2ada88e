package dev.tilesmith.sample.layers;

import dev.tilesmith.sample.network.Operation.HardSigmoid;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;

/**
 * {@code min(max(alpha * x + beta, 0), 1)}.
 *
 * @param curve alpha and beta
 */
record HardSigmoidLayer(HardSigmoid curve) implements SameSizeLayer {
    private static final ValueLayout.OfFloat FLOAT = ValueLayout.JAVA_FLOAT;

    @Override
    public void run(List<FeatureMap> inputs, FeatureMap output, MemorySegment scratch) {
        final float[] values = inputs.getFirst().data().toArray(FLOAT);
        for (int i = 0; i < values.length; i++) {
            final float line = Math.fma(curve.alpha(), values[i], curve.beta());
            values[i] = Math.min(Math.max(line, 0), 1);
        }
        MemorySegment.copy(values, 0, output.data(), FLOAT, 0, values.length);
    }
}
