package dev.tilesmith.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.tilesmith.runtime.Weights.Codes;
import dev.tilesmith.runtime.Weights.Nibbles;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Images are as many pixels as they say; views of some rows, columns or channels are those and no others. */
final class ImagesTest {
    @Test
    void pixelsAreCounted() {
        assertEquals(30, Images.of(new float[60], 2, 3, 5, 2).pixels().rows());
        assertEquals(2, Images.of(new byte[60], 2, 3, 5, 2).channels());
        assertEquals(0, Images.of(new short[0], 2, 0, 5, 2).pixels().rows());
        assertEquals(1, Images.of(new int[1], 1, 1, 1, 1).pixels().rows());
        assertRefused(
                "pixels: 30 x 2 in a float[]; 2 x 3 x 4 pixels are as many rows",
                () -> new Images(2, 3, 4, Matrix.of(new float[60], 30, 2)));
    }

    @Test
    void countsThatAreNoneAreRefused() {
        assertRefused(
                "count x height x width: -1 x 3 x 4; none may be negative", () -> Images.of(new float[0], -1, 3, 4, 1));
        assertRefused(
                "count x height x width: 65536 x 65536 x 4 are 17179869184 pixels; expected 2147483647 or fewer",
                () -> Images.of(new float[0], 1 << 16, 1 << 16, 4, 1));
        final int most = Integer.MAX_VALUE;
        assertRefused(
                "count x height x width: 2147483647 x 2147483647 x 2147483647 are more than 2^63 - 2 pixels; expected"
                        + " 2147483647 or fewer",
                () -> Images.of(new float[0], most, most, most, 1));
    }

    /** Every slice of a small matrix: its elements, or refused. */
    @Test
    void aSliceIsItsRowsAndColumns() {
        final float[] data = new float[40];
        IntStream.range(0, data.length).forEach(i -> data[i] = i);
        final Matrix whole = Matrix.of(data, 3, 4, 5, 8);
        for (int row = -1; row <= 5; row++) {
            for (int rows = -1; rows <= 5; rows++) {
                for (int column = -1; column <= 6; column++) {
                    for (int columns = -1; columns <= 6; columns++) {
                        checkSlice(whole, row, rows, column, columns);
                    }
                }
            }
        }
        final int most = Integer.MAX_VALUE;
        assertThrows(IllegalArgumentException.class, () -> whole.slice(most, most, 0, 0));
        assertThrows(IllegalArgumentException.class, () -> whole.slice(0, 0, most, most));
    }

    private static void checkSlice(Matrix whole, int row, int rows, int column, int columns) {
        final String what = row + ", " + rows + ", " + column + ", " + columns;
        if (row < 0 || rows < 0 || row + rows > 4) {
            assertRefused(
                    "rows: " + rows + " from " + row + "; the matrix has 4 rows",
                    () -> whole.slice(row, rows, column, columns));
            return;
        }
        if (column < 0 || columns < 0 || column + columns > 5) {
            assertRefused(
                    "columns: " + columns + " from " + column + "; the matrix has 5 columns",
                    () -> whole.slice(row, rows, column, columns));
            return;
        }
        final Matrix slice = whole.slice(row, rows, column, columns);
        assertEquals(List.of(rows, columns), List.of(slice.rows(), slice.columns()), what);
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
                final int at = (int) (slice.offset() + i * slice.rowStride() + j);
                assertEquals(3 + (row + i) * 8 + column + j, ((Matrix.Floats) slice).data()[at], what);
            }
        }
    }

    /** What a channel is given goes with it, whichever way weights lie. */
    @Test
    void channelsKeepWhatTheyAreGiven() {
        final PlainWeights rows = (PlainWeights) Weights.nByK(Matrix.of(new byte[6 * 64], 6, 64))
                .withScales(1, 2, 3, 4, 5, 6)
                .withBias(11, 12, 13, 14, 15, 16)
                .withIntBias(21, 22, 23, 24, 25, 26)
                .requantized(Requantization.ofSums(3));
        final PlainWeights part = rows.channels(2, 3);
        assertEquals(2 * 64, part.values().offset());
        assertEquals(List.of(3, 64), List.of(part.n(), part.k()));
        assertEquals("3.0 4.0 5.0", show(((WeightScales.OfChannels) part.scales()).values()));
        assertEquals("13.0 14.0 15.0", show(part.ends().bias()));
        assertEquals(23, part.ends().intBias()[0]);
        assertEquals(3, part.ends().intBias().length);
        assertEquals(rows.ends().requantization(), part.ends().requantization());
        final PlainWeights one =
                (PlainWeights) Weights.kByN(Matrix.of(new byte[6 * 64], 64, 6)).withScales(7);
        assertSame(one.scales(), one.channels(2, 3).scales());
        assertEquals(2, one.channels(2, 3).values().offset());
        assertEquals(6, one.channels(2, 3).values().rowStride());
        assertEquals(
                List.of(3, 64),
                List.of(one.channels(2, 3).n(), one.channels(2, 3).k()));
    }

    @Test
    void channelsKeepTheirBlocks() {
        final float[] scales = {1, 2, 3, 4, 5, 6};
        final PlainWeights blocks = (PlainWeights) Weights.nByK(Matrix.of(new byte[3 * 32], 3, 32), new Nibbles(64, 8))
                .withBlockScales(32, scales)
                .withBlockMins(6, 5, 4, 3, 2, 1);
        final WeightScales.OfBlocks part =
                (WeightScales.OfBlocks) blocks.channels(1, 2).scales();
        assertEquals("3.0 4.0 5.0 6.0", show(part.scales()));
        assertEquals("4.0 3.0 2.0 1.0", show(part.mins()));
        final Weights toBe = Weights.nByK(Matrix.of(new float[3 * 64], 3, 64)).inBlocksOf(32);
        assertEquals(32, toBe.channels(1, 2).blockLength());
        final Weights given = Weights.nByK(Matrix.of(new byte[3 * 34], 3, 34), BlockLayout.Q8_0)
                .withBias(1, 2, 3);
        assertEquals("2.0 3.0", show(given.channels(1, 2).ends().bias()));
        assertEquals(34, given.channels(1, 2).values().offset());
    }

    /** Columns of four bits or two are cut between bytes alone. */
    @Test
    void columnsWithinBytesAreRefused() {
        final Weights nibbles = Weights.kByN(Matrix.of(new byte[9], 3, 3), new Nibbles(5, 8));
        assertEquals(2, nibbles.channels(2, 2).n());
        assertEquals(1, nibbles.channels(2, 2).values().offset());
        assertEquals(3, nibbles.channels(2, 3).n());
        assertEquals(2, nibbles.channels(2, 3).values().columns());
        assertRefused(
                "channels: 2 from 1, which begin or end within bytes of 2 columns; expected multiples of 2, or a row for"
                        + " each channel",
                () -> nibbles.channels(1, 2));
        assertThrows(IllegalArgumentException.class, () -> nibbles.channels(0, 1));
        final Weights codes = Weights.kByN(Matrix.of(new byte[6], 3, 2), new Codes(8, List.of(-2, -1, 0, 1)));
        assertEquals(4, codes.channels(4, 4).n());
        assertThrows(IllegalArgumentException.class, () -> codes.channels(2, 4));
        assertRefused("channels: 4 from 5; the weights have 8 output channels", () -> codes.channels(5, 4));
        assertRefused("channels: 1 from -1; the weights have 8 output channels", () -> codes.channels(-1, 1));
    }

    private static String show(float... values) {
        final StringBuilder all = new StringBuilder();
        for (final float value : values) {
            all.append(all.isEmpty() ? "" : " ").append(value);
        }
        return all.toString();
    }

    private static void assertRefused(String message, Runnable call) {
        assertEquals(
                message, assertThrows(IllegalArgumentException.class, call::run).getMessage());
    }
}
