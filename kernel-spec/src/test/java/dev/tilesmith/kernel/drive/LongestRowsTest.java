package dev.tilesmith.kernel.drive;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tilesmith.cpu.Host;
import dev.tilesmith.kernel.layout.PanelFamily;
import dev.tilesmith.kernel.layout.PanelLayout;
import dev.tilesmith.reference.BlockReference;
import dev.tilesmith.reference.F32Reference;
import dev.tilesmith.reference.Int4Reference;
import dev.tilesmith.reference.Int8Reference;
import dev.tilesmith.reference.StaticInt8Reference;
import dev.tilesmith.runtime.Matrix;
import dev.tilesmith.runtime.Weights;
import dev.tilesmith.spec.Format;
import dev.tilesmith.spec.Target;
import dev.tilesmith.tune.Tuning;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What no Java array holds is refused by name, before anything is computed. */
final class LongestRowsTest {
    private static final int K = Integer.MAX_VALUE - 31;

    /** Memory that is not there: nobody reads it. */
    @SuppressWarnings("restricted")
    private static MemorySegment memory() {
        return MemorySegment.ofAddress(64).reinterpret(Long.MAX_VALUE);
    }

    private static void assertRefused(String message, Runnable call) {
        assertEquals(
                message, assertThrows(IllegalArgumentException.class, call::run).getMessage());
    }

    @Test
    void rowsInBlocksAreWithinOneArray() {
        final PanelLayout layout = new PanelLayout(Format.QSI4C32, 4, 1, true, Format.BF16);
        final BlockTiles tiles = (_, _, _, _, _, _, _, _, _) -> {};
        final PanelFamily family =
                new PanelFamily(Format.F32, Format.QAI8DX, layout, Target.SCALAR, List.of(1, 2, 3, 4));
        final BlockJavaCompute compute = new BlockJavaCompute(tiles, family, Host.current(), Tuning.of(Target.SCALAR));
        final Matrix dst = Matrix.of(new float[6], 2, 3);
        assertDoesNotThrow(() -> compute.check(Matrix.of(memory(), 2, 1_963_413_504), dst));
        for (final int k : new int[] {1_963_413_536, K}) {
            assertRefused(
                    "lhs: rows of " + k + " values; target SCALAR holds a row in a Java array, and takes"
                            + " 1963413504 at most",
                    () -> compute.check(Matrix.of(memory(), 2, k), dst));
        }
    }

    @Test
    void referencesRefuseMoreThanAnArrayHolds() {
        final int many = 1 << 16;
        final Weights wide = Weights.nByK(Matrix.of(memory(), many, 0));
        final Matrix tall = Matrix.of(memory(), many, 0);
        final String results = "m x n: 4294967296 elements; a Java array has 2147483639 at most";
        assertRefused(results, () -> F32Reference.multiply(tall, wide, 0f, 1f));
        assertRefused(results, () -> Int8Reference.multiply(tall, wide, 0f, 1f));
        assertRefused(results, () -> Int4Reference.multiplyChannels(tall, wide, 0f, 1f));
        assertRefused(results, () -> BlockReference.multiply(tall, wide, BlockReference.Kind.QSI8D32, 0f, 1f));
        assertRefused(results, () -> StaticInt8Reference.sums(Matrix.ofBytes(memory(), many, 0), wide.withScales(1f)));
        final Weights large = Weights.nByK(Matrix.of(memory(), many, many));
        final String values = "n x k: 4294967296 elements; a Java array has 2147483639 at most";
        assertRefused(values, () -> Int8Reference.quantize(large));
        assertRefused(values, () -> Int4Reference.channels(large));
        assertRefused(values, () -> BlockReference.blocks(large, BlockReference.Kind.QSI8D32));
    }

    /** Rows of 2 and one -1 become 127 and a zero point of -43; 170 * 127 * k is beyond 32 bits. */
    @Test
    void referencesRefuseSumsBeyond32Bits() {
        final int k = 100_003;
        final float[] row = new float[k];
        Arrays.fill(row, 2f);
        row[0] = -1f;
        final byte[] most = new byte[k];
        Arrays.fill(most, (byte) 127);
        final Weights weights = Weights.nByK(Matrix.of(most, 1, k)).withScales(1f);
        final String message = assertThrows(
                        IllegalArgumentException.class,
                        () -> Int8Reference.multiply(Matrix.of(row, 1, k), weights, 0f, 1f))
                .getMessage();
        assertTrue(
                message.matches("k: 100003; a sum of as many products is 21\\d{8}, which 32 bits have no room for"),
                message);
    }
}
