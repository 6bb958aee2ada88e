package dev.tilesmith.kernel.packing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tilesmith.kernel.layout.PanelLayout;
import dev.tilesmith.kernel.layout.WeightsFormat;
import dev.tilesmith.kernel.packed.PackedPanels;
import dev.tilesmith.reference.Int4Reference;
import dev.tilesmith.reference.Int8Reference;
import dev.tilesmith.runtime.Matrix;
import dev.tilesmith.runtime.Problems;
import dev.tilesmith.runtime.Requantization;
import dev.tilesmith.runtime.Weights;
import dev.tilesmith.runtime.Weights.Nibbles;
import dev.tilesmith.spec.Format;
import java.lang.foreign.Arena;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** A bias of integers is refused if, and only if, some row of int8 makes a sum with it that 32 bits do not hold. */
final class IntBiasTest {
    private static final int LONGEST = WeightsFormat.INT8.longest();

    private static PackedPanels pack(Weights weights, PanelLayout layout) {
        return RhsPacker.pack(weights, layout, new Packing(Arena.ofAuto(), Runnable::run, 1));
    }

    /** All that serve operands of int8, for int8 weights and int4, at any tile. */
    private static PanelLayout layout(boolean int4, SplittableRandom random) {
        final Format format = int4 ? Format.QSI4CX : Format.QSI8CX;
        final Format dst = int4 || random.nextBoolean() ? Format.QAI8 : Format.I32;
        return new PanelLayout(
                format, random.nextInt(1, 9), 1 << random.nextInt(4), true, dst, random.nextBoolean() ? 128 : 0);
    }

    private static Weights weights(boolean int4, int n, int k, PanelLayout layout, SplittableRandom random) {
        final boolean extreme = random.nextInt(4) == 0;
        final byte[] bytes = new byte[n * (int4 ? (k + 1) / 2 : k)];
        random.nextBytes(bytes);
        if (extreme) {
            Arrays.fill(bytes, int4 ? (byte) 0x88 : Byte.MIN_VALUE);
        }
        final Weights bare = int4
                ? Weights.nByK(Matrix.of(bytes, n, (k + 1) / 2), new Nibbles(k, 0))
                : Weights.nByK(Matrix.of(bytes, n, k));
        final int zeroPoint = random.nextInt(-128, 128);
        return layout.dst() == Format.I32
                ? bare.requantized(Requantization.ofSums(zeroPoint))
                : bare.withScales(1f).requantized(new Requantization(1f, zeroPoint, 1e9f, 0));
    }

    private static byte[] values(Weights weights, boolean int4) {
        if (int4) {
            return Int4Reference.channels(weights).values();
        }
        return Int8Reference.quantize(GivenParts.scales(weights).length == 0 ? weights.withScales(1f) : weights)
                .values();
    }

    /** The largest sum of a channel, times a sign: each value of the row is the one that adds most. */
    private static long extreme(byte[] values, int channel, int k, int zeroPoint, int sign) {
        long sum = 0;
        for (int p = channel * k; p < (channel + 1) * k; p++) {
            final int weight = sign * values[p];
            sum += Math.max((-128 - zeroPoint) * weight, (127 - zeroPoint) * weight);
        }
        return sum;
    }

    @Test
    void refusesWhatCouldOverflowAndNothingElse() {
        Problems.forEach(random -> {
            final boolean int4 = random.nextBoolean();
            final int n = random.nextInt(1, 4);
            final int k = random.nextInt(200) == 0 ? random.nextInt(2000) : random.nextInt(20);
            final PanelLayout layout = layout(int4, random);
            assertRefusesExactly(weights(int4, n, k, layout, random), int4, layout, random);
        });
    }

    /** Within the bounds of one channel, at them, and one beyond. */
    private static void assertRefusesExactly(
            Weights weights, boolean int4, PanelLayout layout, SplittableRandom random) {
        final byte[] values = values(weights, int4);
        final int channel = random.nextInt(weights.n());
        final int zeroPoint = weights.ends().requantization().orElseThrow().lhsZeroPoint();
        final int sign = random.nextBoolean() ? 1 : -1;
        final long room = (sign > 0 ? Integer.MAX_VALUE : 1L + Integer.MAX_VALUE)
                - extreme(values, channel, weights.k(), zeroPoint, sign);
        final int beyond = random.nextInt(-1, 2);
        final long bias = sign * (room + beyond);
        if (bias != (int) bias) {
            return; // no row reaches so far
        }
        final int[] biases = new int[weights.n()];
        biases[channel] = (int) bias;
        final Weights biased = weights.withIntBias(biases);
        if (beyond <= 0) {
            assertEquals(weights.n(), pack(biased, layout).n());
        } else {
            assertRefused(biased, layout, "intBias: channel " + channel + " has " + bias + "; ");
        }
    }

    private static void assertRefused(Weights weights, PanelLayout layout, String why) {
        final String message = assertThrows(IllegalArgumentException.class, () -> pack(weights, layout))
                .getMessage();
        assertTrue(message.startsWith(why), message);
    }

    @Test
    void oneTimesOneAndTheLargestInt() {
        final PanelLayout layout = new PanelLayout(Format.QSI8CX, 4, 4, true, Format.QAI8, 128);
        final Weights one = Weights.nByK(Matrix.of(new byte[] {1}, 1, 1))
                .withScales(1f)
                .requantized(new Requantization(1f, 0, 1f, 0));
        assertRefused(
                one.withIntBias(Integer.MAX_VALUE),
                layout,
                "intBias: channel 0 has 2147483647; its sums are from -128 to 127 before, and could overflow 32 bits:"
                        + " expected -2147483520 to 2147483520");
        pack(one.withIntBias(2_147_483_520), layout);
        pack(one.withIntBias(-2_147_483_520), layout);
    }

    /** Sums as long as there are, at the extremes: 255 · 128 · k leaves a bias of 127 room, of one sign or the other. */
    @Test
    void theLongestSums() {
        final PanelLayout layout = new PanelLayout(Format.QSI8CX, 4, 4, true, Format.I32, 0);
        final byte[] column = new byte[LONGEST];
        Arrays.fill(column, Byte.MIN_VALUE);
        final Weights weights = Weights.nByK(Matrix.of(column, 1, LONGEST)).requantized(Requantization.ofSums(127));
        assertRefused(
                weights.withIntBias(1000), layout, "intBias: channel 0 has 1000; its sums are from 0 to 2147483520");
        assertRefused(weights.withIntBias(128), layout, "intBias: channel 0 has 128; ");
        pack(weights.withIntBias(127), layout);
        pack(weights.withIntBias(Integer.MIN_VALUE), layout);
        Arrays.fill(column, (byte) 1);
        pack(weights.withIntBias(1000), layout); // what overflows only with other weights
    }
}
