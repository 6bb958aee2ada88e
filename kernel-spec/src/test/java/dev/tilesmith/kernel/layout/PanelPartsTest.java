package dev.tilesmith.kernel.layout;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tilesmith.kernel.layout.PanelPart.Place;
import dev.tilesmith.spec.Format;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The parts of a panel fill it, each where its values are aligned, and no two lie in one place. */
final class PanelPartsTest {
    private static final int K = 256;
    private static final int LINE = 64;
    private static final List<Integer> BLOCK_LENGTHS = List.of(32, 64, 128, 256);

    private static Stream<PanelLayout> layouts(WeightsFormat weights) {
        return weights.scales().stream().flatMap(scales -> Arrays.stream(ResultFormat.values())
                .flatMap(result -> IntStream.of(1, 2, 3, 4, 8, 12, 16, 64)
                        .boxed()
                        .flatMap(nr -> Stream.of(1, 2, 4, 8).flatMap(kr -> Stream.of(true, false)
                                .map(bias -> new PanelLayout(
                                        weights.format(), nr, kr, bias, result.format(), 0, scales))))));
    }

    private static int elementBytes(PanelLayout layout, PanelPart part) {
        return switch (part) {
            case VALUES -> 1;
            case BLOCK_SCALES, BLOCK_MINIMA -> layout.scales() == Format.F32 ? Float.BYTES : Short.BYTES;
            case WEIGHT_SUMS, BEGINNINGS, ZERO_POINTS -> Integer.BYTES;
            case SCALES, MULTIPLIERS, BIASES -> Float.BYTES;
            case TABLE, SMALLEST -> Integer.BYTES;
        };
    }

    private static long bytes(PanelLayout layout, PanelPart part, int values) {
        return switch (part) {
            case VALUES -> {
                final int step = layout.weights().stored().sharesBytes() ? StoredValues.GROUP : layout.kr();
                final long places = (values + step - 1L) / step * step * layout.nr();
                yield places * layout.weights().stored().bits() / Byte.SIZE;
            }
            case TABLE, SMALLEST -> Integer.BYTES;
            case BLOCK_SCALES, BLOCK_MINIMA, WEIGHT_SUMS, BEGINNINGS, SCALES, MULTIPLIERS, ZERO_POINTS, BIASES ->
                layout.nr() * (long) elementBytes(layout, part);
        };
    }

    /** Fails unless the parts of a place follow each other from its start; returns where the last ends. */
    private static long check(PanelLayout layout, Place place, long start, int values, boolean[] taken) {
        long at = start;
        for (final PanelPart part : layout.parts(place).parts()) {
            assertEquals(place, part.place());
            assertTrue(layout.has(part));
            assertEquals(at - start, layout.offsetOf(part), () -> layout + " " + part);
            if (layout.nr() % 2 == 0) { // Java alone has others
                assertEquals(0, at % elementBytes(layout, part), () -> layout + " " + part);
            }
            final long bytes = bytes(layout, part, values);
            for (long i = at; i < at + bytes; i++) {
                assertFalse(taken[(int) i], () -> layout + " " + part);
                taken[(int) i] = true;
            }
            at += bytes;
        }
        return at;
    }

    @ParameterizedTest
    @EnumSource
    void partsFillAPanel(WeightsFormat weights) {
        layouts(weights).forEach(PanelPartsTest::checkPanel);
    }

    private static void checkPanel(PanelLayout layout) {
        for (final int bl : layout.hasBlocks() ? BLOCK_LENGTHS : List.of(K)) {
            final boolean[] taken = new boolean[(int) layout.panelBytes(K, bl)];
            long at = 0;
            for (int block = 0; block < K / bl; block++) {
                assertEquals(block * layout.blockBytes(bl), at);
                at = check(layout, Place.BLOCK, at, bl, taken);
                at = check(layout, Place.BLOCK_END, at, bl, taken);
            }
            assertEquals(layout.metadataOffset(K, bl), at);
            final long end = check(layout, Place.METADATA, at, bl, taken);
            assertEquals(at + layout.metadataBytes(), end);
            assertTrue(end <= taken.length && taken.length < end + LINE, layout::toString);
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatAPanelHasNotIsNowhere(WeightsFormat weights) {
        layouts(weights).forEach(PanelPartsTest::checkRefusals);
    }

    private static void checkRefusals(PanelLayout layout) {
        for (final PanelPart part : PanelPart.values()) {
            if (!layout.has(part)) {
                final String message = assertThrows(IllegalArgumentException.class, () -> layout.offsetOf(part))
                        .getMessage();
                assertTrue(message.startsWith("part: " + part + "; "), message);
            }
        }
    }

    /** Weights of each format tell by their name and their scales what they are. */
    @ParameterizedTest
    @EnumSource
    void aLayoutSaysWhatItsWeightsAre(WeightsFormat weights) {
        layouts(weights).forEach(layout -> {
            assertEquals(weights, layout.weights());
            assertEquals(layout.dst(), layout.result().format());
        });
    }
}
