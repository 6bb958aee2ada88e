package example;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import org.junit.jupiter.api.Test;

class LinearTest {
    @Test
    void everyFamilyThatRunsHereComputesTheSame() {
        for (final Linear linear : LinearKernels.table().usable()) {
            final float[] result = new float[1];
            linear.run(1, new float[] {1, 2, 3}, linear.packRhs(new float[] {4, 5, 6}, 1, 3), result);
            assertArrayEquals(new float[] {32}, result);
            System.out.println("tested: " + linear.family().target());
        }
    }
}
