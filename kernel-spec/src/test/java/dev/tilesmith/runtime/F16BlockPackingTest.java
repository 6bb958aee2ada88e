package dev.tilesmith.runtime;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tilesmith.spec.Format;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** ggml's blocks for rows in blocks: every byte of a panel against the layout's words, one value after the other. */
final class F16BlockPackingTest {
    private static final int N = 37;
    private static final int BLOCK = BlockLayout.LENGTH;
    private static final ValueLayout.OfShort SHORT =
            ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    record Case(BlockLayout blocks, PanelLayout layout, int k) {}

    static Stream<Case> cases() {
        return Stream.of(BlockLayout.values())
                .flatMap(blocks -> Stream.of(new int[][] {{1, 1}, {3, 1}, {8, 2}, {16, 4}, {32, 4}, {5, 4}, {12, 8}})
                        .map(tile -> layout(blocks, tile[0], tile[1])))
                .flatMap(
                        given -> Stream.of(32, 96, 32 * 33, 32 * 70).map(k -> new Case(given.blocks, given.layout, k)));
    }

    private static Case layout(BlockLayout blocks, int nr, int kr) {
        return new Case(blocks, new PanelLayout(format(blocks), nr, kr, true, Format.F32, 0, Format.F16), BLOCK);
    }

    private static Format format(BlockLayout blocks) {
        return switch (blocks) {
            case Q4_0 -> Format.QSI4C32;
            case Q4_1 -> Format.QAI4C32;
            case Q8_0 -> Format.QSI8D32;
        };
    }

    /** Random blocks whose scales and minima are finite. */
    private static MemorySegment file(BlockLayout blocks, int k) {
        final byte[] bytes = new byte[Math.toIntExact(N * blocks.rowBytes(k))];
        new SplittableRandom(k).nextBytes(bytes);
        final MemorySegment file = Arena.ofAuto().allocate(bytes.length).copyFrom(MemorySegment.ofArray(bytes));
        for (long at = 0; at < bytes.length; at += blocks.bytes()) {
            for (long half = at; half < at + blocks.valuesAt(); half += Short.BYTES) {
                file.set(SHORT, half, (short) (file.get(SHORT, half) & 0xbfff));
            }
        }
        return file;
    }

    private static PackedRhs pack(BlockLayout blocks, PanelLayout layout, MemorySegment file, int k, int threads) {
        return IntegerRhsPacker.pack(
                Weights.ofBlocks(blocks, file.asReadOnly(), 0, N, k),
                layout,
                new Packing(Arena.ofAuto(), Runnable::run, threads));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void everyByteIsWhereTheLayoutSays(Case given) {
        final MemorySegment file = file(given.blocks, given.k);
        final byte[] expected = expected(given, file);
        for (int threads = 1; threads < 4; threads++) {
            assertArrayEquals(
                    expected,
                    pack(given.blocks, given.layout, file, given.k, threads)
                            .data()
                            .toArray(ValueLayout.JAVA_BYTE));
        }
    }

    private static byte[] expected(Case given, MemorySegment file) {
        final PanelLayout layout = given.layout;
        final byte[] packed = new byte[Math.toIntExact(layout.bytes(N, given.k, BLOCK))];
        final MemorySegment to = MemorySegment.ofArray(packed);
        for (int column = 0; column < layout.panels(N) * layout.nr(); column++) {
            final int j = column % layout.nr();
            final long panel = column / layout.nr() * layout.panelBytes(given.k, BLOCK);
            if (column < N) {
                for (int block = 0; block < given.k / BLOCK; block++) {
                    final long from = column * given.blocks.rowBytes(given.k) + (long) block * given.blocks.bytes();
                    putBlock(given, file, from, to, panel + block * layout.blockBytes(BLOCK), j);
                }
            }
            to.set(
                    ValueLayout.JAVA_FLOAT_UNALIGNED,
                    panel + layout.metadataOffset(given.k, BLOCK) + j * (long) Float.BYTES,
                    -0f);
        }
        return packed;
    }

    private static void putBlock(Case given, MemorySegment file, long from, MemorySegment to, long at, int j) {
        final int nr = given.layout.nr();
        final int kr = given.layout.kr();
        final boolean nibbles = given.blocks.bits() == 4;
        for (int i = 0; i < BLOCK; i++) {
            final int value = given.blocks.value(file, from, i) + given.blocks.zeroPoint();
            final int run = nibbles ? 2 * kr : kr;
            final long place = at + (i / run * nr + j) * (long) kr + i % kr;
            final int shift = nibbles ? i % run / kr * 4 : 0;
            final int before = to.get(ValueLayout.JAVA_BYTE, place);
            to.set(ValueLayout.JAVA_BYTE, place, (byte) (before | (value << shift)));
        }
        long scales = at + (nibbles ? BLOCK / 2 : BLOCK) * (long) nr;
        for (long half = from; half < from + given.blocks.valuesAt(); half += Short.BYTES) {
            to.set(SHORT, scales + j * (long) Short.BYTES, file.get(SHORT, half));
            scales += nr * (long) Short.BYTES;
        }
    }

    @Test
    void scalesAndMinimaThatAreNotFiniteAreRefused() {
        for (final BlockLayout blocks : BlockLayout.values()) {
            for (long half = 0; half < blocks.valuesAt(); half += Short.BYTES) {
                for (final float value : new float[] {Float.POSITIVE_INFINITY, Float.NaN}) {
                    final MemorySegment file = file(blocks, 96);
                    file.set(SHORT, 5 * blocks.rowBytes(96) + blocks.bytes() + half, Float.floatToFloat16(value));
                    final String message = String.valueOf(assertThrows(
                                    IllegalArgumentException.class,
                                    () -> pack(blocks, layout(blocks, 16, 4).layout, file, 96, 1))
                            .getMessage());
                    assertTrue(message.contains("channel 5") && message.contains(String.valueOf(value)), message);
                }
            }
        }
    }
}
