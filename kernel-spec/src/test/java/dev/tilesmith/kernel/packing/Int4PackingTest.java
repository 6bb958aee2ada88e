package dev.tilesmith.kernel.packing;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tilesmith.kernel.layout.PanelLayout;
import dev.tilesmith.kernel.packed.PackedPanels;
import dev.tilesmith.reference.Int4Reference;
import dev.tilesmith.reference.Int4Reference.Scales;
import dev.tilesmith.runtime.BlockLayout;
import dev.tilesmith.runtime.Matrix;
import dev.tilesmith.runtime.Weights;
import dev.tilesmith.runtime.Weights.Nibbles;
import dev.tilesmith.spec.Format;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Weights of four bits from every source, packed for every family's layout, against packing one value at a time. */
final class Int4PackingTest {
    /** nr, kr: those of the families, and such as no loop is made for. */
    private static final int[][] TILES = {
        {4, 1}, {8, 1}, {16, 1}, {32, 1}, {64, 2}, {16, 4}, {32, 4}, {64, 4}, {12, 8}, {16, 8}, {8, 16}, {3, 1}, {6, 4},
        {5, 8}
    };

    /** K in blocks, around a stretch of 1,024. */
    private static final int[] BLOCKS_OF_32 = {1, 31, 32, 33, 65};

    private static final int[] ANY_K = {0, 1, 2, 15, 16, 17, 31, 32, 33, 47, 1023, 1024, 1025, 2081};

    static Stream<PanelLayout> blockLayouts() {
        return Arrays.stream(TILES).flatMap(tile -> Stream.of(Format.BF16, Format.F32)
                .map(scales -> new PanelLayout(Format.QSI4C32, tile[0], tile[1], tile[0] % 8 == 0, scales)));
    }

    static Stream<PanelLayout> channelLayouts() {
        return Arrays.stream(TILES).map(tile -> new PanelLayout(Format.QSI4CX, tile[0], tile[1], tile[0] % 8 == 0));
    }

    private static List<Integer> channels(PanelLayout layout) {
        return List.of(layout.nr() - 1, layout.nr() + 1);
    }

    @ParameterizedTest
    @MethodSource("blockLayouts")
    void packsBlocksOfEveryLengthFromNibbles(PanelLayout layout) {
        for (final int bl : new int[] {32, 64, 128, 256}) {
            for (final int blocks : BLOCKS_OF_32) {
                final int k = Math.max(bl, blocks * 32 / bl * bl);
                for (final int n : channels(layout)) {
                    final PlainInt4 plain = random(layout, n, k, bl);
                    final byte[] expected = plain.panels(layout);
                    sources(plain)
                            .forEach(weights -> assertPacked(
                                    expected, layout, biased(weights.withBlockScales(bl, plain.scales()), plain)));
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("channelLayouts")
    void packsChannelsOfAnyLengthFromNibbles(PanelLayout layout) {
        for (final int k : ANY_K) {
            for (final int n : channels(layout)) {
                final PlainInt4 plain = random(layout, n, k, k);
                final byte[] expected = plain.panels(layout);
                sources(plain)
                        .forEach(weights ->
                                assertPacked(expected, layout, biased(weights.withScales(plain.scales()), plain)));
            }
        }
    }

    /** Rows so long that they are fetched in pieces, in one copy and row by row. */
    @Test
    void packsLongRows() {
        final PanelLayout layout = new PanelLayout(Format.QSI4C32, 64, 4, true, Format.F32);
        for (final int k : new int[] {10 * 1024, 11 * 1024, 12 * 1024, 12 * 1024 + 32, 24 * 1024, 25 * 1024 + 64}) {
            final PlainInt4 plain = random(layout, 65, k, 32);
            final byte[] expected = plain.panels(layout);
            final int width = k / 32 * 18;
            for (final int gap : new int[] {0, 6}) {
                final Matrix blocks = Matrix.of(plain.q4Zero(0, width + gap), 0, 65, width, width + gap);
                assertPacked(expected, layout, biased(Weights.nByK(blocks, BlockLayout.Q4_0), plain));
            }
            sources(plain)
                    .forEach(weights ->
                            assertPacked(expected, layout, biased(weights.withBlockScales(32, plain.scales()), plain)));
        }
    }

    /** Either way round, either zero point, on the heap and outside it, dense and not. */
    private static Stream<Weights> sources(PlainInt4 plain) {
        final List<Weights> sources = new ArrayList<>();
        for (final boolean turned : new boolean[] {false, true}) {
            final int rows = turned ? plain.k() : plain.n();
            final int columns = turned ? plain.n() : plain.k();
            final int width = (columns + 1) / 2;
            final Nibbles signed = new Nibbles(columns, 0);
            final Nibbles unsigned = new Nibbles(columns, 8);
            final Matrix dense = Matrix.of(plain.nibbles(turned, 0, 0, width), rows, width);
            final Matrix apart =
                    Matrix.ofBytes(outside(plain.nibbles(turned, 8, 3, width + 5)), 3, rows, width, width + 5);
            sources.add(turned ? Weights.kByN(dense, signed) : Weights.nByK(dense, signed));
            sources.add(turned ? Weights.kByN(apart, unsigned) : Weights.nByK(apart, unsigned));
        }
        return sources.stream();
    }

    @ParameterizedTest
    @MethodSource("blockLayouts")
    void packsTheBlocksOfGgufFilesWhereTheyLie(PanelLayout layout) {
        for (final int blocks : BLOCKS_OF_32) {
            for (final int n : channels(layout)) {
                final int k = 32 * blocks;
                final PlainInt4 plain = random(layout, n, k, 32);
                final byte[] expected = plain.panels(layout);
                final int width = 18 * blocks;
                final Weights dense = Weights.ofBlocks(
                        BlockLayout.Q4_0, outside(plain.q4Zero(7, width)).asReadOnly(), 7, n, k);
                final Weights apart =
                        Weights.nByK(Matrix.of(plain.q4Zero(5, width + 3), 5, n, width, width + 3), BlockLayout.Q4_0);
                assertPacked(expected, layout, biased(dense, plain));
                assertPacked(expected, layout, biased(apart, plain));
            }
        }
    }

    static Stream<PanelLayout> layouts() {
        return Stream.concat(blockLayouts(), channelLayouts());
    }

    @ParameterizedTest
    @MethodSource("layouts")
    void quantizesAsTheReferenceDoes(PanelLayout layout) {
        final int[] lengths = layout.hasBlocks() ? new int[] {32, 64, 128, 256} : new int[] {0};
        for (final int bl : lengths) {
            for (final int k : layout.hasBlocks() ? new int[] {256, 768} : new int[] {1, 31, 512, 550}) {
                final int n = layout.nr() + 1;
                final float[] floats = awkward(n, k);
                final Weights weights = Weights.nByK(Matrix.of(floats, n, k));
                final Weights given = bl == 0 ? weights : weights.inBlocksOf(bl);
                final byte[] expected = quantized(layout, given).panels(layout);
                assertPacked(expected, layout, given);
                final Weights turned = Weights.kByN(turned(floats, n, k));
                assertPacked(expected, layout, bl == 0 ? turned : turned.inBlocksOf(bl));
            }
        }
    }

    private static PlainInt4 quantized(PanelLayout layout, Weights weights) {
        final Int4Reference.Blocks blocks = layout.hasBlocks()
                ? Int4Reference.blocks(weights, layout.scales() == Format.BF16 ? Scales.BF16 : Scales.F32)
                : Int4Reference.channels(weights);
        return new PlainInt4(
                weights.n(), weights.k(), blocks.blockLength(), blocks.values(), blocks.scales(), new float[0]);
    }

    /** Channels of very different sizes: ordinary, on and beside halves of steps, tiny, subnormal, huge, zero. */
    private static float[] awkward(int n, int k) {
        final SplittableRandom random = new SplittableRandom(n * 31L + k);
        final float[] sizes = {1f, 1e-3f, 1e-30f, 1e-40f, 3e38f, 0f, 7f};
        final float[] floats = new float[n * k];
        for (int i = 0; i < floats.length; i++) {
            final float size = sizes[i / k % sizes.length];
            final float whole = random.nextInt(-14, 15) / 14f; // halves of the steps of 1/7
            floats[i] = switch (i % 4) {
                case 0 -> whole * size;
                case 1 -> Math.nextUp(whole) * size;
                case 2 -> Math.nextDown(whole) * size;
                default -> (float) random.nextDouble(-1, 1) * size;
            };
        }
        return floats;
    }

    private static Matrix turned(float[] floats, int n, int k) {
        final MemorySegment to = Arena.ofAuto().allocate(Math.max(1, 4L * n * k));
        for (int i = 0; i < n * k; i++) {
            to.setAtIndex(ValueLayout.JAVA_FLOAT, (long) (i % k) * n + i / k, floats[i]);
        }
        return Matrix.of(to, k, n);
    }

    /** What the packer states: half a scale, and the share of the largest magnitude that this is. */
    @ParameterizedTest
    @MethodSource("layouts")
    void quantizedWeightsAreOffByHalfAScale(PanelLayout layout) {
        final int n = 5;
        final int k = 512;
        for (final float size : new float[] {1e-30f, 1f, 3e38f}) {
            final SplittableRandom random = new SplittableRandom(9);
            final float[] floats = new float[n * k];
            for (int i = 0; i < floats.length; i++) {
                floats[i] = (float) random.nextDouble(-1, 1) * size;
            }
            final PlainInt4 given = quantized(layout, Weights.nByK(Matrix.of(floats, n, k)));
            for (int from = 0; from < n * k; from += given.bl()) {
                final double scale = given.scales()[from / given.bl()];
                double largest = 0;
                double error = 0;
                for (int p = from; p < from + given.bl(); p++) {
                    largest = Math.max(largest, Math.abs(floats[p]));
                    error = Math.max(error, Math.abs(floats[p] - given.values()[p] * scale));
                }
                assertTrue(error <= scale * 0.500001, layout + ": " + error + " of " + scale);
                final double share = layout.scales() == Format.BF16 ? 13.9 : 13.9999;
                assertTrue(error <= largest / share, layout + ": " + error + " of " + largest);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("layouts")
    void packsTheSameBytesOnAnyNumberOfThreads(PanelLayout layout) {
        final int n = 13 * layout.nr() + 1;
        final int k = 64;
        final PlainInt4 plain = random(layout, n, k, layout.hasBlocks() ? 32 : k);
        final Weights bare = Weights.nByK(Matrix.of(plain.nibbles(false, 8, 0, k / 2), n, k / 2), new Nibbles(k, 8));
        final Weights weights =
                layout.hasBlocks() ? bare.withBlockScales(32, plain.scales()) : bare.withScales(plain.scales());
        final byte[] expected = plain.panels(layout);
        try (ExecutorService pool = Executors.newFixedThreadPool(3);
                Arena arena = Arena.ofShared()) {
            IntStream.rangeClosed(2, 5)
                    .forEach(threads -> assertArrayEquals(
                            expected,
                            bytes(RhsPacker.pack(biased(weights, plain), layout, new Packing(arena, pool, threads))),
                            () -> layout + " on " + threads + " threads"));
        }
    }

    static Stream<Arguments> refused() {
        final PanelLayout bf16 = new PanelLayout(Format.QSI4C32, 4, 4, true, Format.BF16);
        final PanelLayout channel = new PanelLayout(Format.QSI4CX, 4, 4, true);
        final MemorySegment memory = Arena.ofAuto().allocate(4 * 40);
        final Weights tenth = q4Zero(Float.floatToFloat16(0.1f));
        final MemorySegment closed;
        try (Arena arena = Arena.ofConfined()) {
            closed = arena.allocate(36);
        }
        return Stream.of(
                Arguments.of(bf16, tenth, "scales: block 0 of channel 1 has 0.099975586, which BF16 does not have"),
                Arguments.of(channel, tenth, "weights: blocks of Q4_0; a kernel for QSI4CX to F32 takes four bits"),
                Arguments.of(
                        bf16,
                        Weights.ofBlocks(BlockLayout.Q4_1, memory, 0, 2, 32),
                        "weights: blocks of Q4_1; a kernel for QSI4C32 to F32 takes"),
                Arguments.of(
                        bf16,
                        Weights.ofBlocks(BlockLayout.Q8_0, memory, 0, 2, 32),
                        "weights: blocks of Q8_0; a kernel for QSI4C32 to F32 takes"),
                Arguments.of(
                        bf16, Weights.ofBlocks(BlockLayout.Q4_0, closed, 0, 2, 32), "weights: its arena is closed"));
    }

    private static Weights q4Zero(short scale) {
        final MemorySegment data = Arena.ofAuto().allocate(36);
        data.set(ValueLayout.JAVA_SHORT_UNALIGNED, 18, scale);
        return Weights.ofBlocks(BlockLayout.Q4_0, data, 0, 2, 32);
    }

    @ParameterizedTest
    @MethodSource("refused")
    void saysWhyItCannotPack(PanelLayout layout, Weights weights, String why) {
        final IllegalArgumentException refusal = assertThrows(
                IllegalArgumentException.class,
                () -> RhsPacker.pack(weights, layout, new Packing(Arena.ofAuto(), Runnable::run, 1)));
        assertTrue(refusal.getMessage().startsWith(why), refusal.getMessage());
    }

    @Test
    void refusesMemoryThatNotAllThreadsCanUse() {
        final PanelLayout layout = new PanelLayout(Format.QSI4C32, 4, 4, true, Format.F32);
        try (Arena confined = Arena.ofConfined();
                Arena shared = Arena.ofShared()) {
            final Weights own = Weights.ofBlocks(BlockLayout.Q4_0, confined.allocate(36), 0, 2, 32);
            final Weights all = Weights.ofBlocks(BlockLayout.Q4_0, shared.allocate(36), 0, 2, 32);
            assertRefused(
                    "weights: confined to the calling thread", own, layout, new Packing(shared, Runnable::run, 2));
            assertRefused(
                    "arena: confined to the calling thread", all, layout, new Packing(confined, Runnable::run, 2));
            assertEquals(
                    2,
                    RhsPacker.pack(own, layout, new Packing(confined, Runnable::run, 1))
                            .n());
        }
        assertThrows(IllegalArgumentException.class, () -> new Packing(Arena.ofAuto(), Runnable::run, 0));
    }

    private static void assertRefused(String why, Weights weights, PanelLayout layout, Packing packing) {
        final String message = assertThrows(
                        IllegalArgumentException.class, () -> RhsPacker.pack(weights, layout, packing))
                .getMessage();
        assertTrue(message.startsWith(why), message);
    }

    /** Scales are values of BF16 and of binary16 at once, so that every layout takes them from every source. */
    private static PlainInt4 random(PanelLayout layout, int n, int k, int bl) {
        final SplittableRandom random = new SplittableRandom(n * 1000L + k);
        final byte[] values = new byte[n * k];
        for (int i = 0; i < values.length; i++) {
            values[i] = (byte) random.nextInt(-8, 8);
        }
        final float[] scales = new float[layout.hasBlocks() ? n * (k / bl) : n];
        for (int i = 0; i < scales.length; i++) {
            scales[i] = random.nextInt(-128, 128) * 0x1p-7f;
        }
        final float[] bias = new float[layout.bias() && n % 2 == 1 ? n : 0];
        for (int i = 0; i < bias.length; i++) {
            bias[i] = random.nextInt(-9, 10) / 3f;
        }
        return new PlainInt4(n, k, bl, values, scales, bias);
    }

    private static Weights biased(Weights weights, PlainInt4 plain) {
        return plain.bias().length == 0 ? weights : weights.withBias(plain.bias());
    }

    private static MemorySegment outside(byte[] bytes) {
        final MemorySegment memory = Arena.ofAuto().allocate(Math.max(1, bytes.length));
        return memory.asSlice(0, bytes.length).copyFrom(MemorySegment.ofArray(bytes));
    }

    private static void assertPacked(byte[] expected, PanelLayout layout, Weights weights) {
        final PackedPanels packed = RhsPacker.pack(weights, layout, new Packing(new DirtyArena(), Runnable::run, 1));
        assertEquals(weights.n(), packed.n());
        assertEquals(
                -1,
                MemorySegment.ofArray(expected).mismatch(packed.data()),
                () -> layout + " " + weights.n() + " x " + weights.k() + " in blocks of " + weights.blockLength() + " "
                        + weights);
    }

    private static byte[] bytes(PackedPanels packed) {
        return packed.data().toArray(ValueLayout.JAVA_BYTE);
    }
}
