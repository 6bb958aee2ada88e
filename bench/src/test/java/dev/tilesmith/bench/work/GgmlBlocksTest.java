package dev.tilesmith.bench.work;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tilesmith.runtime.BlockLayout;
import java.lang.foreign.ValueLayout;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class GgmlBlocksTest {
    private static final int N = 9;
    private static final int K = 96;

    private final Operands plain = Operands.random(new Shape(1, N, K));

    /** Half a step, and for Q4_0, where 8 would be nearer than 7, a whole one; as much again as F16 rounds what is stored. */
    @ParameterizedTest
    @EnumSource
    void noWeightIsFartherThanAStepOff(BlockLayout layout) {
        final Operands operands = operands(layout);
        final GgmlBlocks blocks = operands.ggmlBlocks();
        final float steps =
                switch (layout) {
                    case Q4_0 -> 1f;
                    case Q4_1, Q8_0 -> 0.5f;
                };
        for (int i = 0; i < N * K; i++) {
            final float step = Math.abs(layout.scale(blocks.bytes(), block(layout, i)));
            final float error = Math.abs(Operands.get(plain.weights(), i) - Operands.get(operands.weights(), i));
            assertTrue(error <= step * steps + 0x1p-10f, i + ": " + error + " of steps of " + step);
        }
    }

    /** All but the last of one sign, where there are two: it is for values beyond the largest magnitude alone. */
    @ParameterizedTest
    @EnumSource
    void theWholeRangeOfFourBitsIsUsed(BlockLayout layout) {
        final GgmlBlocks blocks = operands(layout).ggmlBlocks();
        final Set<Integer> values = new HashSet<>();
        for (int i = 0; i < N * K; i++) {
            values.add(layout.value(blocks.bytes(), block(layout, i), i % BlockLayout.LENGTH));
        }
        final int least =
                switch (layout) {
                    case Q4_0 -> -8;
                    case Q4_1 -> 0;
                    case Q8_0 -> -127;
                };
        assertEquals(least, values.stream().min(Integer::compare).orElseThrow());
        assertEquals(
                least + (layout.bits() == 4 ? 15 : 254),
                values.stream().max(Integer::compare).orElseThrow());
    }

    @ParameterizedTest
    @EnumSource
    void aBlockOfZerosIsZero(BlockLayout layout) {
        plain.weights().fill((byte) 0);
        final GgmlBlocks zero = GgmlBlocks.quantize(layout, plain.weights(), N, K);
        zero.dequantizeInto(plain.weights());
        for (int i = 0; i < N * K; i++) {
            assertEquals(0f, Math.abs(Operands.get(plain.weights(), i)));
        }
    }

    @ParameterizedTest
    @EnumSource
    void halvesAreTheNearestThereAre(HalfWeights.Type type) {
        final HalfWeights halves = HalfWeights.round(type, plain.weights(), N, K);
        final Operands rounded = plain.withCopiedWeights();
        halves.dequantizeInto(rounded.weights());
        final float half =
                switch (type) {
                    case F16 -> 0x1p-11f;
                    case BF16 -> 0x1p-8f;
                };
        for (int i = 0; i < N * K; i++) {
            final float value = Operands.get(plain.weights(), i);
            assertTrue(Math.abs(value - Operands.get(rounded.weights(), i)) <= Math.abs(value) * half, i + "");
        }
    }

    /** What is representable stays what it is, bit by bit: by the bits of 1.5 in both types. */
    @Test
    void bitsAreThoseOfTheTypes() {
        plain.weights().setAtIndex(ValueLayout.JAVA_FLOAT, 0, -1.5f);
        assertEquals((short) 0xbe00, first(HalfWeights.Type.F16));
        assertEquals((short) 0xbfc0, first(HalfWeights.Type.BF16));
    }

    private short first(HalfWeights.Type type) {
        return HalfWeights.round(type, plain.weights(), N, K).bytes().get(ValueLayout.JAVA_SHORT, 0);
    }

    private static Operands operands(BlockLayout layout) {
        final Operation operation =
                switch (layout) {
                    case Q8_0 -> Operation.Q8_0_MATMUL;
                    case Q4_0 -> Operation.Q4_0_MATMUL;
                    case Q4_1 -> Operation.Q4_1_MATMUL;
                };
        return Operands.random(operation, new Shape(1, N, K));
    }

    private static long block(BlockLayout layout, int i) {
        return (long) i / BlockLayout.LENGTH * layout.bytes();
    }
}
