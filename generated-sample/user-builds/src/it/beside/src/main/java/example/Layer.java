package example;

import dev.tilesmith.runtime.PackedRhs;
import lombok.Builder;
import lombok.Value;

/** A layer whose weights are n rows of k. */
@Value
@Builder
public class Layer {
    private static final Linear LINEAR = LinearKernels.best();

    float[] weights;
    int n;
    int k;

    /** What the layer makes of m rows. */
    float[] apply(float[] rows) {
        final PackedRhs packed = LINEAR.packRhs(weights, n, k);
        final int m = rows.length / k;
        final float[] result = new float[m * n];
        LINEAR.run(m, rows, packed, result);
        return result;
    }
}
