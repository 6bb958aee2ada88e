package example;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tilesmith.runtime.Matrix;
import dev.tilesmith.runtime.PackedRhs;
import dev.tilesmith.runtime.RunOptions;
import dev.tilesmith.runtime.SpinningPool;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.time.Duration;
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

    @Test
    void buffersAndThreads() {
        final FloatBuffer rows = direct(3).put(0, 1).put(1, 2).put(2, 3);
        final FloatBuffer result = direct(1);
        final Linear linear = LinearKernels.best();
        final PackedRhs packed = linear.packRhs(new float[] {4, 5, 6}, 1, 3);
        final int threads = 2;
        try (SpinningPool pool = new SpinningPool(threads - 1, Duration.ofMillis(1))) {
            linear.run(
                    Matrix.of(MemorySegment.ofBuffer(rows), 1, 3),
                    packed,
                    Matrix.of(MemorySegment.ofBuffer(result), 1, 1),
                    RunOptions.DEFAULT.on(pool, threads));
        }
        assertEquals(32, result.get(0));
    }

    private static FloatBuffer direct(int floats) {
        return ByteBuffer.allocateDirect(floats * Float.BYTES)
                .order(ByteOrder.nativeOrder())
                .asFloatBuffer();
    }
}
