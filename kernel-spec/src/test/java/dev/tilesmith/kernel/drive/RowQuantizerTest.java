package dev.tilesmith.kernel.drive;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tilesmith.kernel.packing.Rounding;
import dev.tilesmith.reference.Int8Reference;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Rows are quantized to the bit as the reference has it. */
final class RowQuantizerTest {
    private static final float INF = Float.POSITIVE_INFINITY;

    /** Every float from 1/4 to 1024, of both signs, besides samples of the smaller ones: all that can round to an int8. */
    @Test
    void roundsEveryFloatAsTheReferenceDoes() {
        final int dense = Float.floatToRawIntBits(0.25f);
        final int end = Float.floatToRawIntBits(1024f);
        for (int bits = 0; bits <= end; bits += bits < dense ? 4099 : 1) {
            final float value = Float.intBitsToFloat(bits);
            if (Int8Reference.roundTiesAway(value) != Rounding.halfAway(value)
                    || Int8Reference.roundTiesAway(-value) != Rounding.halfAway(-value)) {
                assertEquals(Int8Reference.roundTiesAway(value), Rounding.halfAway(value), () -> "round " + value);
                assertEquals(Int8Reference.roundTiesAway(-value), Rounding.halfAway(-value), () -> "round -" + value);
            }
        }
    }

    static Stream<float[]> rows() {
        final SplittableRandom random = new SplittableRandom(3);
        final Stream<float[]> ordinary = Stream.generate(() -> {
                    final float[] row = new float[random.nextInt(1, 200)];
                    final double size = Math.pow(2, random.nextInt(-149, 128));
                    for (int i = 0; i < row.length; i++) {
                        row[i] = (float) (random.nextDouble(-1, 1.5) * size);
                    }
                    return row;
                })
                .limit(2000);
        final Stream<float[]> anyBits = Stream.generate(() -> {
                    final float[] row = new float[random.nextInt(1, 9)];
                    for (int i = 0; i < row.length; i++) {
                        row[i] = Float.intBitsToFloat(random.nextInt());
                    }
                    return row;
                })
                .limit(2000);
        return Stream.of(
                        Stream.of(
                                new float[] {},
                                new float[] {0f, -0f},
                                new float[] {Float.NaN},
                                new float[] {INF, 1f, 0f, -1f},
                                new float[] {-INF, 1f, 0f, -1f},
                                new float[] {INF, -INF, Float.NaN},
                                new float[] {Float.MAX_VALUE, -Float.MAX_VALUE},
                                new float[] {Float.MIN_VALUE, 0f},
                                new float[] {-Float.MIN_VALUE, Float.MIN_VALUE}),
                        ordinary,
                        anyBits)
                .flatMap(row -> row);
    }

    @Test
    void quantizesEveryRowAsTheReferenceDoes() {
        rows().forEach(given -> {
            final Int8Reference.Row expected = Int8Reference.quantize(given);
            final RowQuantizer quantizer = new RowQuantizer();
            final float[] row = given.clone();
            quantizer.quantize(row, 0, row.length);
            final byte[] values = new byte[row.length];
            for (int i = 0; i < row.length; i++) {
                values[i] = (byte) row[i];
            }
            assertEquals(Arrays.toString(expected.values()), Arrays.toString(values), () -> Arrays.toString(given));
            assertEquals(expected.zeroPoint(), quantizer.zeroPoint(), () -> Arrays.toString(given));
            assertEquals(expected.inverseScale(), quantizer.inverseScale(), () -> Arrays.toString(given));
        });
    }

    /** A row, and what it becomes: values, zero point, inverse of the scale. */
    @SuppressWarnings("ArrayRecordComponent") // made once, read once
    record Awkward(float[] row, String values, int zeroPoint, float inverseScale) {}

    static Stream<Awkward> awkward() {
        return Stream.of(
                new Awkward(new float[] {0f, -0f}, "[127, 127]", 127, 1f),
                new Awkward(new float[] {Float.NaN, 255f}, "[-128, 127]", -128, 1f),
                new Awkward(new float[] {Float.NaN, -255f}, "[127, -128]", 127, 1f),
                new Awkward(new float[] {INF, 1f, -1f}, "[0, 0, 0]", 0, 0f),
                new Awkward(new float[] {-INF, 1f, -1f}, "[127, 127, 127]", 127, 0f),
                new Awkward(new float[] {3e38f, -3e38f}, "[127, 127]", 127, 0f),
                new Awkward(new float[] {Float.MIN_VALUE, 0f}, "[127, -128]", -128, 0f),
                new Awkward(new float[] {127.5f, -127.5f, 0.5f, -0.5f}, "[127, -128, 1, -1]", 0, 1f));
    }

    /** The reference itself, pinned where the formula leaves the ordinary. */
    @ParameterizedTest
    @MethodSource("awkward")
    void awkwardRowsArePinned(Awkward given) {
        final Int8Reference.Row row = Int8Reference.quantize(given.row());
        assertEquals(given.values(), Arrays.toString(row.values()));
        assertEquals(given.zeroPoint(), row.zeroPoint());
        assertEquals(given.inverseScale(), row.inverseScale());
    }
}
