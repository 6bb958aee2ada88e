package dev.tilesmith.kernel.layout;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tilesmith.runtime.Problems;
import dev.tilesmith.spec.Format;
import java.math.BigInteger;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Panels take as many bytes as arithmetic without bounds says, or are refused. */
final class PanelLayoutTest {
    private static final BigInteger MOST = BigInteger.valueOf(Long.MAX_VALUE - 1);
    private static final List<Integer> BLOCK_LENGTHS = List.of(32, 64, 128, 256);

    private static int count(SplittableRandom random) {
        return switch (random.nextInt(4)) {
            case 0 -> random.nextInt(200);
            case 1 -> 1 << random.nextInt(31);
            case 2 -> random.nextInt() >>> (1 + random.nextInt(30));
            default -> Integer.MAX_VALUE - random.nextInt(200);
        };
    }

    private static PanelLayout layout(SplittableRandom random) {
        final List<Format> formats = List.of(
                Format.F32,
                Format.F16,
                Format.BF16,
                Format.QSI8CX,
                Format.QSI4CX,
                Format.QSU2CX,
                Format.QSI4C32,
                Format.QAI4C32);
        final Format format = formats.get(random.nextInt(formats.size()));
        final Format scales = format == Format.QAI4C32 ? Format.F16 : Format.F32;
        return new PanelLayout(
                format,
                random.nextInt(3) == 0 ? Math.max(1, count(random)) : 1 << random.nextInt(7),
                1 << random.nextInt(4),
                random.nextBoolean(),
                Format.F32,
                0,
                scales);
    }

    private static BigInteger big(long size) {
        return BigInteger.valueOf(size);
    }

    private static BigInteger roundUp(BigInteger size, long multiple) {
        return size.add(big(multiple - 1)).divide(big(multiple)).multiply(big(multiple));
    }

    private static BigInteger values(PanelLayout layout, int k) {
        final int bits = bits(layout);
        return roundUp(big(k), bits < 8 || layout.pairsHalves() ? 32 : layout.kr())
                .multiply(big(layout.nr()))
                .multiply(big(bits))
                .divide(big(8));
    }

    private static int bits(PanelLayout layout) {
        return switch (layout.weights()) {
            case FLOATS -> 32;
            case F16, BF16 -> 16;
            case INT8, PAIRED_INT8 -> 8;
            case INT4, INT4_BLOCKS, PAIRED_INT4, PAIRED_INT4_WITH_MINIMA -> 4;
            case TWO_BITS -> 2;
        };
    }

    /** Bytes of what a block has for each column. */
    private static int scaleBytes(PanelLayout layout) {
        return (layout.scales() == Format.F32 ? 4 : 2) * (layout.format() == Format.QAI4C32 ? 2 : 1);
    }

    private static BigInteger bytes(PanelLayout layout, int n, int k, int bl) {
        final BigInteger ofBlock = values(layout, bl).add(big(layout.nr()).multiply(big(scaleBytes(layout))));
        final BigInteger before = layout.hasBlocks() ? ofBlock.multiply(big(k / bl)) : values(layout, k);
        final long multiple =
                layout.hasTable() ? Math.clamp(Long.highestOneBit(2L * layout.nr()), PanelLayout.TABLE_BYTES, 64) : 64;
        final BigInteger panel = roundUp(before.add(big(layout.metadataBytes())), multiple);
        return panel.multiply(big(Math.ceilDiv((long) n, layout.nr())));
    }

    @Test
    void bytesAreThoseOfArithmeticWithoutBounds() {
        Problems.forEach(random -> {
            final PanelLayout layout = layout(random);
            final int n = count(random);
            final int bl = BLOCK_LENGTHS.get(random.nextInt(BLOCK_LENGTHS.size()));
            final int k = layout.hasBlocks() ? count(random) / bl * bl : count(random);
            final BigInteger expected = bytes(layout, n, k, bl);
            if (expected.compareTo(MOST) <= 0) {
                assertEquals(expected.longValueExact(), layout.bytes(n, k, layout.hasBlocks() ? bl : k));
            } else {
                final String message = assertThrows(
                                IllegalArgumentException.class, () -> layout.bytes(n, k, layout.hasBlocks() ? bl : k))
                        .getMessage();
                assertEquals("n x k: " + n + " x " + k + " in " + layout + " take more than 2^63 - 2 bytes", message);
            }
        });
    }

    @ParameterizedTest
    @CsvSource({"0, 1", "-1, 1", "4, 0", "4, -2147483648"})
    void panelsOfNothingAreRefused(int nr, int kr) {
        final String message = assertThrows(
                        IllegalArgumentException.class, () -> new PanelLayout(Format.F32, nr, kr, true))
                .getMessage();
        assertEquals("nr x kr: " + nr + " x " + kr + "; expected 1 or more of both", message);
    }

    @ParameterizedTest
    @CsvSource({"-1, 5", "5, -1", "-2147483648, -2147483648"})
    void negativeShapesAreRefused(int n, int k) {
        final String message = assertThrows(
                        IllegalArgumentException.class, () -> new PanelLayout(Format.F32, 4, 1, true).bytes(n, k))
                .getMessage();
        assertEquals("n x k: " + n + " x " + k + "; neither may be negative", message);
    }

    @Test
    void blocksOfNothingAreRefused() {
        final PanelLayout layout = new PanelLayout(Format.QSI4C32, 4, 2, true, Format.BF16);
        final String message = assertThrows(IllegalArgumentException.class, () -> layout.panelBytes(64, 0))
                .getMessage();
        assertTrue(message.startsWith("bl: 0; "), message);
    }
}
