package dev.tilesmith.kernel.packing;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tilesmith.kernel.layout.PanelLayout;
import dev.tilesmith.kernel.packed.PackedPanels;
import dev.tilesmith.reference.BlockReference;
import dev.tilesmith.reference.BlockReference.Blocks;
import dev.tilesmith.reference.BlockReference.Kind;
import dev.tilesmith.runtime.BlockLayout;
import dev.tilesmith.runtime.Matrix;
import dev.tilesmith.runtime.Weights;
import dev.tilesmith.runtime.Weights.Nibbles;
import dev.tilesmith.spec.Format;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Weights for rows in blocks, from every source: every byte of a panel against the layout's words, one value after the
 * other, and quantized values against the reference's.
 */
final class F16BlockPackingTest {
    private static final int N = 37;
    private static final int BLOCK = BlockLayout.LENGTH;
    private static final int[][] TILES = {{1, 1}, {3, 1}, {8, 2}, {16, 4}, {32, 4}, {5, 4}, {12, 8}, {40, 16}};
    private static final ValueLayout.OfShort SHORT =
            ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    record Case(BlockLayout blocks, PanelLayout layout, int k) {
        Kind kind() {
            return Kind.valueOf(layout.format().name());
        }

        boolean hasBytes() {
            return blocks.bits() == Byte.SIZE;
        }
    }

    static Stream<Case> cases() {
        return Stream.of(BlockLayout.values())
                .flatMap(blocks -> Arrays.stream(TILES).map(tile -> layout(blocks, tile[0], tile[1])))
                .flatMap(given -> Stream.of(32, 96, 512, 32 * 33).map(k -> new Case(given.blocks, given.layout, k)));
    }

    private static Case layout(BlockLayout blocks, int nr, int kr) {
        return new Case(blocks, new PanelLayout(format(blocks), nr, kr, nr != 5, Format.F32, 0, Format.F16), BLOCK);
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
        final byte[] bytes = random(k, Math.toIntExact(N * blocks.rowBytes(k)));
        final MemorySegment file = outside(bytes);
        for (long at = 0; at < bytes.length; at += blocks.bytes()) {
            for (long half = at; half < at + blocks.valuesAt(); half += Short.BYTES) {
                file.set(SHORT, half, (short) (file.get(SHORT, half) & 0xbfff));
            }
        }
        return file;
    }

    private static byte[] random(int seed, int length) {
        final byte[] bytes = new byte[length];
        new SplittableRandom(seed).nextBytes(bytes);
        return bytes;
    }

    private static MemorySegment outside(byte[] bytes) {
        return Arena.ofAuto().allocate(bytes.length).copyFrom(MemorySegment.ofArray(bytes));
    }

    private static Weights ofFile(BlockLayout blocks, MemorySegment file, int k) {
        return Weights.ofBlocks(blocks, file.asReadOnly(), 0, N, k);
    }

    private static PackedPanels pack(Weights weights, PanelLayout layout, int threads) {
        return RhsPacker.pack(weights, layout, new Packing(new DirtyArena(), Runnable::run, threads));
    }

    private static void assertPacked(Case given, Weights weights) {
        final byte[] expected = expected(given, weights);
        for (int threads = 1; threads < 4; threads += 2) {
            final MemorySegment actual = pack(weights, given.layout, threads).data();
            assertEquals(-1, MemorySegment.ofArray(expected).mismatch(actual), () -> given + ": " + weights.values());
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void blocksOfFiles(Case given) {
        assertPacked(given, ofFile(given.blocks, file(given.blocks, given.k), given.k));
    }

    /** Either way round, every zero point, on the heap and outside it, dense and not. */
    @ParameterizedTest
    @MethodSource("cases")
    void valuesWithScalesApart(Case given) {
        for (final boolean turned : new boolean[] {false, true}) {
            final int rows = turned ? given.k : N;
            final int columns = turned ? N : given.k;
            final int width = given.hasBytes() ? columns : (columns + 1) / 2;
            final Matrix dense = Matrix.of(random(given.k, rows * width), rows, width);
            final Matrix apart =
                    Matrix.ofBytes(outside(random(given.k + 1, 3 + rows * (width + 5))), 3, rows, width, width + 5);
            for (final Matrix values : List.of(dense, apart)) {
                values(given, values, columns, turned).forEach(weights -> assertPacked(given, scaled(given, weights)));
            }
        }
    }

    private static List<Weights> values(Case given, Matrix values, int columns, boolean turned) {
        if (given.hasBytes()) {
            return List.of(turned ? Weights.kByN(values) : Weights.nByK(values));
        }
        final List<Weights> all = new ArrayList<>();
        for (final int zeroPoint : given.layout.hasMins() ? new int[] {0} : new int[] {0, 8}) {
            final Nibbles nibbles = new Nibbles(columns, zeroPoint);
            all.add(turned ? Weights.kByN(values, nibbles) : Weights.nByK(values, nibbles));
        }
        return all;
    }

    private static Weights scaled(Case given, Weights weights) {
        final SplittableRandom random = new SplittableRandom(given.k);
        final short[] scales = new short[N * given.k / BLOCK];
        final short[] mins = new short[scales.length];
        for (int i = 0; i < scales.length; i++) {
            scales[i] = (short) (random.nextInt() & 0xbfff);
            mins[i] = (short) (random.nextInt() & 0xbfff);
        }
        final Weights scaled = biased(given, weights.withF16BlockScales(scales));
        return given.blocks.hasMin() ? scaled.withF16BlockMins(mins) : scaled;
    }

    private static Weights biased(Case given, Weights weights) {
        return given.layout.bias() ? weights.withBias(bias()) : weights;
    }

    private static float[] bias() {
        final float[] bias = new float[N];
        for (int j = 0; j < N; j++) {
            bias[j] = j / 3f - 5f;
        }
        return bias;
    }

    /** Either way round, on the heap and outside it, dense and not. */
    @ParameterizedTest
    @MethodSource("cases")
    void floats(Case given) {
        final float[] channels = awkward(given.k);
        final Matrix rows = Matrix.of(channels, N, given.k);
        assertPacked(given, biased(given, Weights.nByK(rows)));
        final int stride = N + 3;
        final MemorySegment turned = Arena.ofAuto().allocate(4L * (5 + stride * given.k));
        for (int i = 0; i < channels.length; i++) {
            final int at = 5 + i % given.k * stride + i / given.k;
            turned.setAtIndex(ValueLayout.JAVA_FLOAT, at, channels[i]);
        }
        assertPacked(given, Weights.kByN(Matrix.of(turned, 5, given.k, N, stride)));
    }

    /**
     * Blocks of very different sizes, down to subnormal ones and zeros of both signs; values on and beside halves of steps,
     * largest magnitudes of both signs, all of one sign.
     */
    private static float[] awkward(int k) {
        final SplittableRandom random = new SplittableRandom(k);
        final float[] sizes = {1f, 1e-3f, 3e4f, 1e-30f, 1e-38f, 1e-40f, 7 * Float.MIN_VALUE, Float.MIN_VALUE, 0f};
        final float[] floats = new float[N * k];
        for (int i = 0; i < floats.length; i++) {
            final int block = i / BLOCK;
            final float size = sizes[block % sizes.length];
            final float whole = random.nextInt(-254, 255) / 254f;
            final float value =
                    switch (random.nextInt(6)) {
                        case 0 -> whole;
                        case 1 -> Math.nextUp(whole);
                        case 2 -> Math.nextDown(whole);
                        case 3 -> random.nextInt(-8, 9) / 8f;
                        case 4 -> random.nextBoolean() ? 0f : -0f;
                        default -> (float) random.nextDouble(-1, 1);
                    };
            floats[i] = switch (block / sizes.length % 4) {
                case 0 -> Math.abs(value) * size;
                case 1 -> -Math.abs(value) * size;
                default -> value * size;
            };
        }
        return floats;
    }

    private static byte[] expected(Case given, Weights weights) {
        final PanelLayout layout = given.layout;
        final Blocks blocks = BlockReference.blocks(weights, given.kind());
        final byte[] packed = new byte[Math.toIntExact(layout.bytes(N, given.k, BLOCK))];
        final MemorySegment to = MemorySegment.ofArray(packed);
        for (int column = 0; column < layout.panels(N) * layout.nr(); column++) {
            final int j = column % layout.nr();
            final long panel = column / layout.nr() * layout.panelBytes(given.k, BLOCK);
            for (int block = 0; column < N && block < given.k / BLOCK; block++) {
                final int from = column * (given.k / BLOCK) + block;
                putBlock(given, blocks, from, to, panel + block * layout.blockBytes(BLOCK), j);
            }
            if (layout.bias()) {
                final boolean biased = column < N && weights.ends().bias().length != 0;
                to.set(
                        ValueLayout.JAVA_FLOAT_UNALIGNED,
                        panel + layout.metadataOffset(given.k, BLOCK) + j * (long) Float.BYTES,
                        biased ? weights.ends().bias()[column] : -0f);
            }
        }
        return packed;
    }

    private static void putBlock(Case given, Blocks blocks, int block, MemorySegment to, long at, int j) {
        final int nr = given.layout.nr();
        final int kr = given.layout.kr();
        final boolean nibbles = !given.hasBytes();
        for (int i = 0; i < BLOCK; i++) {
            final int value = blocks.values()[block * BLOCK + i] + given.blocks.zeroPoint();
            final int run = nibbles ? 2 * kr : kr;
            final long place = at + (i / run * nr + j) * (long) kr + i % kr;
            final int shift = nibbles ? i % run / kr * 4 : 0;
            final int before = to.get(ValueLayout.JAVA_BYTE, place);
            to.set(ValueLayout.JAVA_BYTE, place, (byte) (before | (value << shift)));
        }
        final long scales = at + (nibbles ? BLOCK / 2 : BLOCK) * (long) nr;
        to.set(SHORT, scales + j * (long) Short.BYTES, Float.floatToFloat16(blocks.scales()[block]));
        if (given.layout.hasMins()) {
            final long mins = scales + nr * (long) Short.BYTES;
            to.set(SHORT, mins + j * (long) Short.BYTES, Float.floatToFloat16(blocks.mins()[block]));
        }
    }

    @Test
    void scalesAndMinimaThatAreNotFiniteAreRefused() {
        for (final BlockLayout blocks : BlockLayout.values()) {
            for (long half = 0; half < blocks.valuesAt(); half += Short.BYTES) {
                for (final float value : new float[] {Float.POSITIVE_INFINITY, Float.NaN}) {
                    final MemorySegment file = file(blocks, 96);
                    file.set(SHORT, 5 * blocks.rowBytes(96) + blocks.bytes() + half, Float.floatToFloat16(value));
                    assertRefused("block 1 of channel 5", value, blocks, ofFile(blocks, file, 96));
                }
            }
        }
    }

    private static void assertRefused(String where, float value, BlockLayout blocks, Weights weights) {
        final String message = String.valueOf(
                assertThrows(IllegalArgumentException.class, () -> pack(weights, layout(blocks, 16, 4).layout, 1))
                        .getMessage());
        assertTrue(message.contains(where) && message.contains(String.valueOf(value)), message);
    }

    @ParameterizedTest
    @EnumSource
    void floatsThatAreNotFiniteAreRefused(BlockLayout blocks) {
        for (final float value : new float[] {Float.NEGATIVE_INFINITY, Float.POSITIVE_INFINITY, Float.NaN}) {
            for (final int at : new int[] {5 * 96 + 40, 36 * 96 + 95}) {
                final float[] floats = new float[N * 96];
                floats[at] = value;
                final Weights weights = Weights.nByK(Matrix.of(floats, N, 96));
                assertRefused("weights: channel " + at / 96 + " has " + value, value, blocks, weights);
                assertRefused("at k = " + at % 96 + ";", value, blocks, weights);
            }
        }
    }

    /** Of f32 weights that are finite: what the scale would be, which binary16 rounds to an infinity. */
    @Test
    void scalesAndMinimaBeyondBinary16AreRefused() {
        final float[] floats = new float[N * 96];
        floats[5 * 96 + 40] = -9e7f;
        final Weights weights = Weights.nByK(Matrix.of(floats, N, 96));
        final String where = "weights: block 1 of channel 5 would have a scale or a minimum of ";
        assertRefused(where, 9e7f / 8f, BlockLayout.Q4_0, weights);
        assertRefused(where, 9e7f / 15f, BlockLayout.Q4_1, weights);
        assertRefused(where, 9e7f / 127f, BlockLayout.Q8_0, weights);
        floats[5 * 96 + 40] = -7e4f;
        assertRefused(where, -7e4f, BlockLayout.Q4_1, weights);
        floats[5 * 96 + 40] = -3e38f;
        floats[5 * 96 + 41] = 3e38f;
        assertRefused(where, Float.POSITIVE_INFINITY, BlockLayout.Q4_1, weights);
    }

    /** The bounds of what does fit are packed. */
    @Test
    void theLargestScalesOfBinary16ArePacked() {
        final float[] floats = new float[N * BLOCK];
        Arrays.fill(floats, -65504f * 127f);
        final Case given = layout(BlockLayout.Q8_0, 16, 4);
        final Weights weights = Weights.nByK(Matrix.of(floats, N, BLOCK));
        assertArrayEquals(
                expected(given, weights), pack(weights, given.layout, 1).data().toArray(ValueLayout.JAVA_BYTE));
    }
}
