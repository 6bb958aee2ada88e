package dev.tilesmith.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tilesmith.runtime.Weights.Codes;
import dev.tilesmith.runtime.Weights.Nibbles;
import dev.tilesmith.runtime.Weights.Orientation;
import java.util.List;
import java.util.Optional;
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
                        () -> both(Optional.of(new Nibbles(64, 8)), Optional.empty()),
                        "nibbles: given; the values lie"),
                refusal(
                        () -> both(Optional.empty(), Optional.of(new Codes(136, List.of(0, 1, 2, 3)))),
                        "codes: given; the values lie as blocks of Q8_0 do"));
    }

    private static Arguments refusal(Runnable made, String why) {
        return Arguments.of(made, why);
    }

    private static Weights both(Optional<Nibbles> nibbles, Optional<Codes> codes) {
        final int columns = nibbles.isPresent() ? 32 : 34;
        return new Weights(
                Matrix.of(new byte[columns], 1, columns),
                Orientation.N_BY_K,
                new float[0],
                new float[0],
                new int[0],
                Optional.empty(),
                nibbles,
                codes,
                32,
                Optional.of(BlockLayout.Q8_0),
                new float[0]);
    }

    @ParameterizedTest
    @MethodSource("forgotten")
    void refusesToForget(Runnable made, String why) {
        final String message =
                assertThrows(IllegalArgumentException.class, made::run).getMessage();
        assertTrue(message.startsWith(why), message);
    }

    /** What is given again takes the place of what it is. */
    @Test
    void replacesLikeByLike() {
        assertEquals(3f, int8().withScales(1f, 2f).withScales(3f).scale(1));
        assertEquals(
                64,
                int8().withBlockScales(32, 1f, 1f, 1f, 1f)
                        .withBlockScales(64, 1f, 1f)
                        .blockLength());
        assertEquals(2f, int8().withBias(1f, 1f).withBias(2f, 2f).bias()[1]);
    }
}
