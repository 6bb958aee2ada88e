package example.modular;

import dev.tilesmith.runtime.PackedRhs;
import java.util.Arrays;

/** Multiplies two rows. */
public final class Main {
    /** Nothing to make. */
    private Main() {}

    /**
     * Multiplies, and prints the result.
     *
     * @param args not used
     */
    public static void main(String[] args) {
        final int n = 2;
        final int k = 3;
        final float[] weights = {1, 2, 3, 4, 5, 6}; // n rows of k
        final float[] rows = {1, 0, 0, 1, 1, 1}; // m = 2 rows of k
        final float[] result = new float[2 * n];

        final Linear linear = LinearKernels.best();
        final PackedRhs packed = linear.packRhs(weights, n, k); // once
        linear.run(2, rows, packed, result); // often, from any thread

        IO.println(Arrays.toString(result)); // [1.0, 4.0, 6.0, 15.0]
        IO.println(LinearKernels.table().explain());
    }
}
