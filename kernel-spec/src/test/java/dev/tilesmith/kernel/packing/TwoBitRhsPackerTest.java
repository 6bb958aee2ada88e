package dev.tilesmith.kernel.packing;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tilesmith.kernel.layout.PanelLayout;
import dev.tilesmith.kernel.layout.WeightsFormat;
import dev.tilesmith.kernel.packed.PackedPanels;
import dev.tilesmith.reference.Int8Reference;
import dev.tilesmith.reference.TwoBitReference;
import dev.tilesmith.runtime.Matrix;
import dev.tilesmith.runtime.Requantization;
import dev.tilesmith.runtime.Weights;
import dev.tilesmith.spec.Format;
import java.lang.foreign.Arena;
import java.lang.foreign.ValueLayout;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Weights of two bits: what they stand for, how they are packed, and which are refused. */
final class TwoBitRhsPackerTest {
    private static final List<List<Integer>> TABLES =
            List.of(List.of(-2, -1, 0, 1), List.of(127, -128, 0, 3), List.of(7, 7, 7, 7), List.of(4, 9, 100, 2));

    private static byte[] random(int count) {
        final byte[] bytes = new byte[count];
        new SplittableRandom(count).nextBytes(bytes);
        return bytes;
    }

    private static Weights nByK(int n, int k, List<Integer> table) {
        final int width = Math.ceilDiv(k, 4);
        final float[] scales = new float[n];
        for (int j = 0; j < n; j++) {
            scales[j] = 0.25f + j;
        }
        return Weights.nByK(Matrix.of(random(n * width), n, width), new Weights.Codes(k, table))
                .withScales(scales);
    }

    /** The same values as columns, again four to a byte. */
    private static Weights turned(Weights weights, List<Integer> table) {
        final int n = weights.n();
        final int k = weights.k();
        final byte[] from = ((Matrix.Bytes) weights.values()).data();
        final int width = Math.ceilDiv(n, 4);
        final byte[] to = new byte[k * width];
        for (int j = 0; j < n; j++) {
            for (int p = 0; p < k; p++) {
                final int code = from[j * Math.ceilDiv(k, 4) + p / 4] >> (p % 4 * 2) & 3;
                to[p * width + j / 4] |= (byte) (code << (j % 4 * 2));
            }
        }
        return Weights.kByN(Matrix.of(to, k, width), new Weights.Codes(n, table))
                .withScales(GivenParts.scales(weights));
    }

    static Stream<Arguments> layouts() {
        return TABLES.stream().flatMap(table -> Stream.of(1, 4, 8).flatMap(kr -> Stream.of(true, false)
                .map(bias -> Arguments.of(table, new PanelLayout(Format.QSU2CX, 8, kr, bias)))));
    }

    @ParameterizedTest
    @MethodSource("layouts")
    void everyValueSumScaleAndTheTableAreInThePanels(List<Integer> table, PanelLayout layout) {
        final int n = 11;
        final int k = 45;
        final Weights weights = nByK(n, k, table);
        final Int8Reference.Channels channels = TwoBitReference.channels(weights);
        final PackedPanels packed = RhsPacker.pack(weights, layout, new Packing(Arena.ofAuto(), Runnable::run, 1));
        final int smallest = Collections.min(table);
        for (int j = 0; j < n; j++) {
            final long panel = j / layout.nr() * packed.panelBytes();
            int sum = 0;
            for (int p = 0; p < 64; p++) {
                final int value = unsigned(packed, panel, j % layout.nr(), p) + packed.beginningFactor();
                assertEquals(p < k ? channels.values()[j * k + p] : smallest, value, j + ", " + p);
                sum += p < k ? value : 0;
            }
            final long metadata = panel + packed.metadataOffset() + j % layout.nr() * 4L;
            assertEquals(sum, packed.data().get(ValueLayout.JAVA_INT, metadata));
            assertEquals(
                    GivenParts.scales(weights)[j],
                    packed.data().get(ValueLayout.JAVA_FLOAT, metadata + layout.nr() * 4L));
        }
    }

    private static int unsigned(PackedPanels packed, long panel, int column, int p) {
        final int kr = packed.layout().kr();
        final int part = p / kr % 4;
        final long at = panel + ((long) (p / (4 * kr)) * packed.layout().nr() + column) * kr + p % kr;
        final int code = packed.data().get(ValueLayout.JAVA_BYTE, at) >> (2 * part) & 3;
        return packed.table() >>> (Byte.SIZE * code) & 0xff;
    }

    @ParameterizedTest
    @MethodSource("layouts")
    void weightsThatLieTheOtherWayArePackedAlike(List<Integer> table, PanelLayout layout) {
        final Weights weights = nByK(13, 37, table);
        assertArrayEquals(
                RhsPacker.pack(weights, layout, new Packing(Arena.ofAuto(), Runnable::run, 1))
                        .data()
                        .toArray(ValueLayout.JAVA_BYTE),
                RhsPacker.pack(turned(weights, table), layout, new Packing(Arena.ofAuto(), Runnable::run, 1))
                        .data()
                        .toArray(ValueLayout.JAVA_BYTE));
    }

    /** The reference is int8's, of what the bits stand for. */
    @Test
    void multipliesWhatTheBitsStandForAsInt8() {
        final int n = 5;
        final Matrix lhs = Matrix.of(new float[] {-1f, 2f, 0.5f, -0.25f, 3f, 1e-3f, 7f}, 1, 7);
        for (final List<Integer> table : TABLES) {
            final Weights weights = nByK(n, 7, table).withBias(1f, 2f, 3f, 4f, 5f);
            final Weights int8 = Weights.nByK(
                            Matrix.of(TwoBitReference.channels(weights).values(), n, 7))
                    .withScales(GivenParts.scales(weights))
                    .withBias(weights.ends().bias());
            assertArrayEquals(
                    Int8Reference.multiply(lhs, int8, -100f, 100f),
                    TwoBitReference.multiply(lhs, weights, -100f, 100f));
        }
        final byte[] values = TwoBitReference.channels(Weights.nByK(
                                Matrix.of(new byte[] {(byte) 0b11_10_01_00, 0b01}, 1, 2),
                                new Weights.Codes(5, List.of(10, 20, 30, 40)))
                        .withScales(1f))
                .values();
        assertArrayEquals(new byte[] {10, 20, 30, 40, 20}, values);
    }

    static Stream<Arguments> refused() {
        final Matrix two = Matrix.of(new byte[2], 1, 2);
        final Weights.Codes codes = new Weights.Codes(8, TABLES.getFirst());
        final int tooLong = WeightsFormat.INT8.longest() + 1;
        final int width = Math.ceilDiv(tooLong, 4);
        return Stream.of(
                Arguments.of(Weights.nByK(two, codes), "scales: none"),
                Arguments.of(Weights.nByK(Matrix.of(new float[8], 1, 8)), "weights: f32 (a"),
                Arguments.of(Weights.nByK(two).withScales(1f), "takes two bits (with Weights.Codes)"),
                Arguments.of(Weights.nByK(two, codes).withScales(1f).withIntBias(3), "intBias: 1 value of int32"),
                Arguments.of(
                        Weights.nByK(two, codes).withScales(1f).requantized(new Requantization(1f, 0, 1f, 0)),
                        "requantization: Requantization["),
                Arguments.of(
                        Weights.nByK(Matrix.of(new byte[8], 1, 8), new Weights.Codes(32, TABLES.getFirst()))
                                .withBlockScales(32, 1f),
                        "scales: 1 value for blocks of 32"),
                Arguments.of(
                        Weights.nByK(
                                        Matrix.of(new byte[width], 1, width),
                                        new Weights.Codes(tooLong, TABLES.getFirst()))
                                .withScales(1f),
                        "could overflow"));
    }

    @ParameterizedTest
    @MethodSource("refused")
    void saysWhatItCannotPack(Weights weights, String why) {
        final PanelLayout layout = new PanelLayout(Format.QSU2CX, 8, 4, true);
        final IllegalArgumentException refusal = assertThrows(
                IllegalArgumentException.class,
                () -> RhsPacker.pack(weights, layout, new Packing(Arena.ofAuto(), Runnable::run, 1)));
        assertTrue(refusal.getMessage().contains(why), refusal.getMessage());
    }

    @Test
    void otherFormatsRefuseThem() {
        final Weights weights = nByK(3, 8, TABLES.getFirst());
        for (final Format format : new Format[] {Format.QSI8CX, Format.QSI4CX}) {
            final PanelLayout layout = new PanelLayout(format, 8, 4, true);
            assertThrows(
                    IllegalArgumentException.class,
                    () -> RhsPacker.pack(weights, layout, new Packing(Arena.ofAuto(), Runnable::run, 1)));
        }
    }

    static Stream<List<Integer>> badTables() {
        return Stream.of(
                List.of(), List.of(1, 2, 3), List.of(1, 2, 3, 4, 5), List.of(0, 0, 0, 128), List.of(-129, 0, 0, 0));
    }

    @ParameterizedTest
    @MethodSource("badTables")
    void aTableHasFourValuesOfInt8(List<Integer> table) {
        assertTrue(assertThrows(IllegalArgumentException.class, () -> new Weights.Codes(4, table))
                .getMessage()
                .contains("expected four values from -128 to 127"));
    }

    @Test
    void rowsHaveAsManyBytesAsTheirValuesTake() {
        final Matrix three = Matrix.of(new byte[6], 2, 3);
        for (int columns = 9; columns <= 12; columns++) {
            assertEquals(
                    columns,
                    Weights.nByK(three, new Weights.Codes(columns, TABLES.getFirst()))
                            .k());
            assertEquals(
                    columns,
                    Weights.kByN(three, new Weights.Codes(columns, TABLES.getFirst()))
                            .n());
        }
        for (final int columns : new int[] {8, 13}) {
            final Weights.Codes codes = new Weights.Codes(columns, TABLES.getFirst());
            assertThrows(IllegalArgumentException.class, () -> Weights.nByK(three, codes));
        }
    }

    /** Weights and scales are all that a panel holds, but for one percent. */
    @Test
    void packedWeightsAreNoLargerThanWeightsAndScales() {
        for (final int nr : new int[] {16, 24, 32, 48}) {
            final PanelLayout layout = new PanelLayout(Format.QSU2CX, nr, 4, true);
            final int n = 4 * nr;
            final int k = 4096;
            final long needed = (long) n * k / 4 + (long) n * Float.BYTES;
            assertTrue(layout.bytes(n, k) <= needed + needed / 100, layout + ": " + layout.bytes(n, k));
        }
    }
}
