package example;

import dev.tilesmith.runtime.PackedRhs;
import java.util.Arrays;

public final class Layer {
    private Layer() {}

    public static void main(String[] args) {
        final int m = 8;
        final int n = 64;
        final int k = 64;
        final float[] weights = new float[n * k];
        final float[] rows = new float[m * k];
        for (int i = 0; i < weights.length; i++) {
            weights[i] = (i * 7919 % 1000 - 500) / 499f;
        }
        for (int i = 0; i < rows.length; i++) {
            rows[i] = (i * 104729 % 1000 - 500) / 501f;
        }
        final float[] result = new float[m * n];

        final Linear linear = LinearKernels.best();
        final PackedRhs packed = linear.packRhs(weights, n, k);
        linear.run(m, rows, packed, result);

        IO.println("bits " + Arrays.hashCode(result));
        IO.println(LinearKernels.table().explain(m, n, k));
    }
}
