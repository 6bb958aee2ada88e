package dev.tilesmith.kernel.packing;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tilesmith.kernel.layout.PanelLayout;
import dev.tilesmith.kernel.packed.PackedPanels;
import dev.tilesmith.runtime.Matrix;
import dev.tilesmith.runtime.Weights;
import dev.tilesmith.runtime.Weights.Halves;
import dev.tilesmith.spec.Format;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Values of 16 bits that are multiplied as they are lie in pairs along K, and zeros up to a whole 32, in memory that held anything. */
final class PairedHalvesPackingTest {
    private static final PanelLayout LAYOUT = new PanelLayout(Format.BF16, 32, 2, true);

    @ParameterizedTest
    @CsvSource({"1, 1", "5, 2", "32, 31", "33, 32", "40, 33", "64, 64", "65, 67", "3, 0"})
    void everyValueIsInItsPlace(int n, int k) {
        final short[] values = new short[n * k];
        final short[] turned = new short[n * k];
        for (int i = 0; i < values.length; i++) {
            values[i] = (short) (i + 1);
            turned[i % k * n + i / k] = values[i];
        }
        final float[] bias = new float[n];
        Arrays.fill(bias, 3f);
        check(values, n, k, Weights.nByK(Matrix.of(values, n, k), Halves.BF16).withBias(bias), 3f);
        check(values, n, k, Weights.kByN(Matrix.of(turned, k, n), Halves.BF16), 0f);
    }

    private static void check(short[] values, int n, int k, Weights weights, float bias) {
        final PackedPanels packed = RhsPacker.pack(weights, LAYOUT, new Packing(new DirtyArena(), Runnable::run, 1));
        final MemorySegment data = packed.data();
        final int whole = Math.ceilDiv(k, 32) * 32;
        for (int column = 0; column < Math.ceilDiv(n, 32) * 32; column++) {
            final long panel = column / 32 * packed.panelBytes();
            for (int p = 0; p < whole; p++) {
                final short expected = column < n && p < k ? values[column * k + p] : 0;
                final long at = panel + p / 2 * 128L + column % 32 * 4L + p % 2 * 2L;
                assertEquals(expected, data.get(ValueLayout.JAVA_SHORT_UNALIGNED, at), column + ", " + p);
            }
            final float stored = data.get(ValueLayout.JAVA_FLOAT_UNALIGNED, panel + whole * 64L + column % 32 * 4L);
            assertEquals(column < n ? bias : 0f, stored, "the bias of " + column);
        }
    }
}
