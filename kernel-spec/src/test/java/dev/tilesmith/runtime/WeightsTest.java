package dev.tilesmith.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tilesmith.runtime.Weights.Codes;
import dev.tilesmith.runtime.Weights.Elements;
import dev.tilesmith.runtime.Weights.Nibbles;
import dev.tilesmith.runtime.Weights.Orientation;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Parts of weights do not displace one another unsaid. */
final class WeightsTest {
    private static Weights int8() {
        return Weights.nByK(Matrix.of(new byte[128], 2, 64));
    }

    private static Weights inFile() {
        return Weights.nByK(Matrix.of(new byte[80], 2, 40), BlockLayout.Q4_1);
    }

    static Stream<Arguments> forgotten() {
        final Weights ofChannels = int8().withScales(1f, 2f);
        final Weights ofBlocks = int8().withBlockScales(32, 1f, 2f, 3f, 4f);
        final Weights toBeQuantized =
                Weights.nByK(Matrix.of(new float[128], 2, 64)).inBlocksOf(32);
        return Stream.of(
                refusal(() -> ofBlocks.withScales(1f), "scales: for channels; these weights are in blocks of 32"),
                refusal(() -> ofBlocks.withBlockMins(1f, 2f, 3f, 4f).withScales(1f), "scales: for channels; "),
                refusal(() -> toBeQuantized.withScales(1f), "scales: for channels; these weights are in blocks of 32"),
                refusal(() -> ofBlocks.inBlocksOf(64), "blockLength: 64; these weights have scales of blocks already"),
                refusal(() -> ofChannels.inBlocksOf(32), "scales: 2 for channels already, which inBlocksOf would"),
                refusal(
                        () -> ofChannels.withBlockScales(32, 1f, 2f, 3f, 4f),
                        "scales: 2 for channels already, which withBlockScales would"),
                refusal(
                        () -> inFile().withScales(1f, 2f),
                        "scales: 2 values; weights in blocks of Q4_1 hold a scale for each 32 values: give none"),
                refusal(
                        () -> inFile().withBlockScales(32, 1f, 2f, 3f, 4f),
                        "scales: 4 values; weights in blocks of Q4_1 hold a scale for each 32 values: give none"),
                refusal(
                        () -> inFile().withBlockMins(1f, 2f, 3f, 4f),
                        "mins: 4 values; weights in blocks of Q4_1 hold a scale for each 32 values: give none"),
                refusal(
                        () -> inFile().inBlocksOf(64),
                        "blockLength: 64; weights in blocks of Q4_1 hold a scale for each 32 values: give none"),
                refusal(() -> int8().withBlockMins(1f), "blockLength: 0; scales of blocks come first: "),
                refusal(() -> ofChannels.withBlockMins(1f), "blockLength: 0; scales of blocks come first: "));
    }

    private static Arguments refusal(Runnable made, String why) {
        return Arguments.of(made, why);
    }

    @ParameterizedTest
    @MethodSource("forgotten")
    void refusesToForget(Runnable made, String why) {
        final String message =
                assertThrows(IllegalArgumentException.class, made::run).getMessage();
        assertTrue(message.startsWith(why), message);
    }

    /** Blocks have a length, and values the elements that they are said to lie in. */
    @Test
    void refusesWhatIsNot() {
        for (final int length : new int[] {0, -32, 48, 512}) {
            final String why = "blockLength: " + length + "; expected one of [32, 64, 128, 256]";
            assertRefused(why, () -> int8().inBlocksOf(length));
            assertRefused(why, () -> int8().withBlockScales(length, 1f, 2f));
        }
        for (final Elements elements : Elements.values()) {
            final Matrix floats = Matrix.of(new float[128], 2, 64);
            if (elements != Elements.F32) {
                assertRefused(
                        "values: 2 x 64 in a float[]; expected elements of " + elements,
                        () -> new PlainWeights(
                                floats, elements, Orientation.N_BY_K, new WeightScales.None(), WeightEnds.NONE));
            }
        }
    }

    private static void assertRefused(String why, Runnable made) {
        assertEquals(
                why, assertThrows(IllegalArgumentException.class, made::run).getMessage());
    }

    /** What is given again takes the place of what it is. */
    @Test
    void replacesLikeByLike() {
        final PlainWeights scaled = (PlainWeights) int8().withScales(1f, 2f).withScales(3f);
        assertEquals(3f, ((WeightScales.OfChannels) scaled.scales()).of(1));
        assertEquals(
                64,
                int8().withBlockScales(32, 1f, 1f, 1f, 1f)
                        .withBlockScales(64, 1f, 1f)
                        .blockLength());
        assertEquals(2f, int8().withBias(1f, 1f).withBias(2f, 2f).ends().bias()[1]);
        assertEquals(int8().toString(), int8().withScales(1f).withScales().toString());
    }

    static Stream<Weights> waysOfBeingGiven() {
        final Codes codes = new Codes(64, List.of(0, 1, 2, 3));
        return Stream.of(
                int8(),
                Weights.nByK(Matrix.of(new float[128], 2, 64)),
                Weights.nByK(Matrix.of(new int[128], 2, 64)),
                Weights.nByK(Matrix.of(new byte[64], 2, 32), new Nibbles(64, 8)),
                Weights.nByK(Matrix.of(new byte[32], 2, 16), codes),
                inFile());
    }

    /** What is given stays, whatever is given after it. */
    @ParameterizedTest
    @MethodSource("waysOfBeingGiven")
    void keepsWhatIsGivenInAnyOrder(Weights bare) {
        final float[] bias = {1f, 2f};
        final int[] intBias = {3, 4};
        final Requantization requantization = Requantization.ofSums(5);
        final List<UnaryOperator<Weights>> parts = List.of(
                weights -> weights.withBias(bias),
                weights -> weights.withIntBias(intBias),
                weights -> weights.requantized(requantization),
                weights -> weights.inBlocksOf(32));
        final String expected = applied(parts, bare).toString();
        assertTrue(expected.contains("bias: 2 values of f32, intBias: 2 values of int32, requantization: "), expected);
        orders(parts).forEach(order -> {
            final Weights weights = applied(order, bare);
            assertEquals(expected, weights.toString());
            assertSame(bare.values(), weights.values());
            assertSame(bias, weights.ends().bias());
            assertSame(intBias, weights.ends().intBias());
            assertSame(requantization, weights.ends().requantization().orElseThrow());
            assertEquals(32, weights.blockLength());
        });
    }

    private static Weights applied(List<UnaryOperator<Weights>> parts, Weights bare) {
        Weights weights = bare;
        for (final UnaryOperator<Weights> part : parts) {
            weights = part.apply(weights);
        }
        return weights;
    }

    private static <T> Stream<List<T>> orders(List<T> all) {
        return all.isEmpty()
                ? Stream.of(List.of())
                : IntStream.range(0, all.size()).boxed().flatMap(first -> {
                    final List<T> rest = new ArrayList<>(all);
                    final T taken = rest.remove((int) first);
                    return orders(rest).map(order -> {
                        final List<T> whole = new ArrayList<>(List.of(taken));
                        whole.addAll(order);
                        return whole;
                    });
                });
    }
}
