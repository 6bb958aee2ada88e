package dev.tilesmith.kernel.packing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tilesmith.kernel.layout.PanelLayout;
import dev.tilesmith.reference.F32Reference;
import dev.tilesmith.reference.TwoBitReference;
import dev.tilesmith.runtime.Matrix;
import dev.tilesmith.runtime.Weights;
import dev.tilesmith.runtime.Weights.Codes;
import dev.tilesmith.runtime.Weights.Nibbles;
import dev.tilesmith.runtime.Weights.Orientation;
import dev.tilesmith.spec.Format;
import java.lang.foreign.Arena;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What operands say of themselves, in messages and else: a line, in the words of a user. */
final class DescriptionTest {
    @Test
    void matrices() {
        assertEquals("4 x 8 in a float[]", Matrix.of(new float[32], 4, 8).toString());
        assertEquals(
                "2 x 8 in a byte[], rows 16 apart from 3",
                Matrix.of(new byte[64], 3, 2, 8, 16).toString());
        assertEquals("1 x 8 in an int[]", Matrix.of(new int[8], 1, 8).toString());
        assertEquals(
                "2 x 3 in a segment of 4-byte elements",
                Matrix.of(Arena.ofAuto().allocate(24), 2, 3).toString());
        assertEquals(
                "2 x 3 in a segment of bytes",
                Matrix.ofBytes(Arena.ofAuto().allocate(24), 2, 3).toString());
    }

    @Test
    void weights() {
        final Weights large = Weights.nByK(Matrix.of(new byte[1 << 19], 512, 1024), new Nibbles(2048, 8))
                .withBlockScales(32, new float[512 * 64])
                .withBias(new float[512]);
        assertEquals(
                "Weights[INT4, 512 x 2048, N_BY_K, scales: 32768 values for blocks of 32, bias: 512 values of f32]",
                large.toString());
        assertEquals(
                "Weights[F32, 3 x 2, K_BY_N]",
                Weights.kByN(Matrix.of(new float[6], 2, 3)).toString());
    }

    /** Weights say of themselves what a refusal would say of their parts, and nothing else. */
    @Test
    void partsAreCalledAlike() {
        IntakeTest.TAKEN.values().stream().flatMap(List::stream).forEach(given -> {
            final Weights weights = given.weights(3, 64, Orientation.N_BY_K, new SplittableRandom(1));
            final String parts = WeightsPart.of(weights).entrySet().stream()
                    .map(part -> ", " + part.getKey().component() + ": " + part.getValue())
                    .collect(Collectors.joining());
            assertEquals("Weights[" + ValueKind.of(weights) + ", 3 x 64, N_BY_K" + parts + "]", weights.toString());
        });
    }

    @Test
    void messagesNameWhatWasGiven() {
        final Weights int4 = Weights.nByK(Matrix.of(new byte[32], 2, 16), new Nibbles(32, 8));
        final Weights bytes = Weights.nByK(Matrix.of(new byte[32], 2, 16));
        assertSays(
                "weights: four bits (with Weights.Nibbles); a kernel for F32 to F32 takes f32 (a float[] or a segment"
                        + " of floats)",
                () -> pack(int4, new PanelLayout(Format.F32, 4, 1, true)));
        assertSays(
                "weights: int8 (a byte[] or Matrix.ofBytes); a kernel for QSU2CX to F32 takes two bits (with"
                        + " Weights.Codes)",
                () -> pack(bytes, new PanelLayout(Format.QSU2CX, 4, 4, true)));
        assertSays(
                "weights: 2 x 16 in a float[]; expected int8: a byte[] or Matrix.ofBytes",
                () -> Weights.nByK(Matrix.of(new float[32], 2, 16), new Codes(64, List.of(0, 1, 2, 3))));
        assertSays(
                "matrix: 2 x 16 in a byte[]; expected floats",
                () -> F32Reference.multiply(Matrix.of(new float[16], 1, 16), bytes, 0f, 1f));
        assertTrue(assertThrows(RuntimeException.class, () -> TwoBitReference.channels(bytes))
                        .toString()
                        .length()
                < 200);
    }

    private static void pack(Weights weights, PanelLayout layout) {
        RhsPacker.pack(weights, layout, new Packing(Arena.ofAuto(), Runnable::run, 1));
    }

    private static void assertSays(String expected, Runnable refused) {
        assertEquals(
                expected,
                assertThrows(IllegalArgumentException.class, refused::run).getMessage());
    }
}
