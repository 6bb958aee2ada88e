package dev.tilesmith.kernel.packing;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tilesmith.kernel.packing.IntakeTest.Combination;
import dev.tilesmith.runtime.BlockLayout;
import dev.tilesmith.runtime.Matrix;
import dev.tilesmith.runtime.Weights;
import dev.tilesmith.runtime.Weights.Orientation;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Scales and minima that are not finite are refused by every format, by channel and block; those negative or 0 are taken. */
final class FiniteScalesTest {
    private static final int N = 6;
    private static final int BLOCKS = 3;
    private static final int K = BLOCKS * BlockLayout.LENGTH;
    private static final float[] NOT_FINITE = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY};
    private static final float[] FINITE = {0f, -0f, -1.5f, 0x1p-14f};

    private static Weights weights(GivenParts given) {
        return given.weights(N, K, Orientation.N_BY_K, new SplittableRandom(3));
    }

    private static void forEach(Combination combination, Consumer<GivenParts> each) {
        for (final GivenParts given : IntakeTest.TAKEN.get(combination)) {
            each.accept(given);
        }
    }

    private static void assertRefused(Combination combination, Weights weights, String why) {
        final String message = assertThrows(
                        IllegalArgumentException.class, () -> combination.pack(weights), weights::toString)
                .getMessage();
        assertTrue(message.startsWith(why), message);
    }

    @ParameterizedTest
    @EnumSource
    void scalesAndMinimaThatAreGiven(Combination combination) {
        forEach(combination, given -> {
            for (int i = 0; i < GivenParts.scales(weights(given)).length; i++) {
                final String where =
                        given.has('L') ? "block " + i % BLOCKS + " of channel " + i / BLOCKS : "channel " + i;
                for (final float value : NOT_FINITE) {
                    final Weights weights = weights(given);
                    GivenParts.scales(weights)[i] = value;
                    assertRefused(combination, weights, "scales: " + where + " has " + value + "; expected finite");
                }
                for (final float value : FINITE) {
                    final Weights weights = weights(given);
                    GivenParts.scales(weights)[i] = value;
                    combination.pack(weights);
                }
            }
            for (int i = 0; i < GivenParts.mins(weights(given)).length; i++) {
                final Weights weights = weights(given);
                GivenParts.mins(weights)[i] = NOT_FINITE[i % 3];
                final String where = "block " + i % BLOCKS + " of channel " + i / BLOCKS;
                assertRefused(combination, weights, "mins: " + where + " has " + NOT_FINITE[i % 3]);
            }
        });
    }

    @ParameterizedTest
    @EnumSource
    void oneScaleForAllChannels(Combination combination) {
        forEach(combination, given -> {
            if (given.has('S') && !given.has('L')) {
                combination.pack(weights(given).withScales(-0.5f));
                for (final float value : NOT_FINITE) {
                    assertRefused(combination, weights(given).withScales(value), "scales: " + value);
                }
            }
        });
    }

    @ParameterizedTest
    @EnumSource
    void scalesAndMinimaOfBlocksInFiles(Combination combination) {
        forEach(combination, given -> {
            if (given.isInBlocksOfAFile()) {
                final BlockLayout layout = BlockLayout.valueOf(given.kind().name());
                for (int i = 0; i < N * BLOCKS; i++) {
                    for (int half = 0; half < layout.valuesAt() / Short.BYTES; half++) {
                        final Weights weights = weights(given);
                        final float value = NOT_FINITE[i % 3];
                        ((Matrix.Segment) weights.values())
                                .data()
                                .set(
                                        ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN),
                                        (long) i * layout.bytes() + half * (long) Short.BYTES,
                                        Float.floatToFloat16(value));
                        final String what = half == 0 ? "scales" : "mins";
                        final String where = "block " + i % BLOCKS + " of channel " + i / BLOCKS;
                        assertRefused(combination, weights, what + ": " + where + " has " + value);
                    }
                }
            }
        });
    }
}
