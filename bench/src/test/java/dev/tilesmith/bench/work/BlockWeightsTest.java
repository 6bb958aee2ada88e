package dev.tilesmith.bench.work;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tilesmith.bench.work.BlockWeights.Pairing;
import java.lang.foreign.ValueLayout;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class BlockWeightsTest {
    private static final int N = 9;
    private static final int K = 96;

    private final Operands plain = Operands.random(new Shape(1, N, K));
    private final Operands operands = Operands.random(Operation.INT4_MATMUL, new Shape(1, N, K));
    private final BlockWeights weights = operands.blockWeights();

    @Test
    void theOperandsAreExactlyWhatTheWeightsStandFor() {
        for (int i = 0; i < N * K; i++) {
            assertEquals(
                    Operands.get(operands.weights(), i),
                    weights.values()[i] * weights.scales()[i / BlockWeights.LENGTH]);
        }
    }

    @Test
    void whatWasQuantizedQuantizesToItself() {
        final BlockWeights again = BlockWeights.quantize(operands.weights(), N, K);
        assertArrayEquals(weights.values(), again.values());
        assertArrayEquals(weights.scales(), again.scales());
    }

    /** Half a scale, and where 8 would be nearer than 7 a whole one; as much again as BF16 rounds a scale, 8 times. */
    @Test
    void noValueIsFartherThanAScaleOff() {
        for (int i = 0; i < N * K; i++) {
            final float error = Math.abs(Operands.get(plain.weights(), i) - Operands.get(operands.weights(), i));
            assertTrue(
                    error <= Math.abs(weights.scales()[i / BlockWeights.LENGTH]) * (1 + 8 * 0x1p-8f), i + ": " + error);
        }
    }

    @Test
    void allValuesAndBothSignsOfScalesOccur() {
        final Set<Integer> values = new HashSet<>();
        for (final byte value : weights.values()) {
            values.add((int) value);
        }
        assertEquals(16, values.size());
        final Set<Float> signs = new HashSet<>();
        for (final float scale : weights.scales()) {
            signs.add(Math.signum(scale));
        }
        assertEquals(Set.of(-1f, 1f), signs);
    }

    @Test
    void scalesAreValuesOfBf16() {
        for (final float scale : weights.scales()) {
            assertEquals(0, Float.floatToIntBits(scale) & 0xffff);
        }
    }

    @Test
    void aBlockOfZerosIsZero() {
        for (int i = 0; i < BlockWeights.LENGTH; i++) {
            plain.weights().setAtIndex(ValueLayout.JAVA_FLOAT, i, 0);
        }
        final BlockWeights zero = BlockWeights.quantize(plain.weights(), N, K);
        for (int i = 0; i < BlockWeights.LENGTH; i++) {
            assertEquals(0, zero.values()[i] * zero.scales()[0]);
        }
    }

    @ParameterizedTest
    @EnumSource
    void eachValueIsInTheNibbleThatThePairingSays(Pairing pairing) {
        final byte[] nibbles = weights.nibbles(pairing);
        for (int i = 0; i < N * K; i++) {
            final int block = i / BlockWeights.LENGTH;
            final int place = i % BlockWeights.LENGTH;
            final boolean low =
                    switch (pairing) {
                        case NEIGHBOURS -> place % 2 == 0;
                        case HALVES -> place < 16;
                    };
            final int at = block * 16
                    + switch (pairing) {
                        case NEIGHBOURS -> place / 2;
                        case HALVES -> place % 16;
                    };
            assertEquals(weights.values()[i] + 8, (low ? nibbles[at] : nibbles[at] >> 4) & 15);
        }
    }

    @Test
    void partsOfBlocksAreRefused() {
        final String message = String.valueOf(assertThrows(
                        IllegalArgumentException.class,
                        () -> Operands.random(Operation.INT4_MATMUL, new Shape(1, 2, 48)))
                .getMessage());
        assertTrue(message.contains("1x2x48") && message.contains("32"), message);
    }
}
