package dev.tilesmith.kernel.drive;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tilesmith.runtime.Matrix;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.junit.jupiter.api.Test;

/** Two rows lie together, four values of each in turn, whatever they come in. */
final class RowPairsTest {
    private static final ValueLayout.OfShort SHORT = ValueLayout.JAVA_SHORT_UNALIGNED;

    private static final int OFFSET = 3;
    private static final short ANY = 0x7fff;

    private static short value(int row, int p) {
        return (short) (1000 * (row + 1) + p);
    }

    /** Rows that are two values further apart than they are long. */
    private static short[] values(int rows, int k) {
        final short[] values = new short[OFFSET + rows * (k + 2)];
        for (int row = 0; row < rows; row++) {
            for (int p = 0; p < k; p++) {
                values[OFFSET + row * (k + 2) + p] = value(row, p);
            }
        }
        return values;
    }

    private static void check(Matrix lhs, int first, int rows) {
        final int k = lhs.columns();
        final int steps = Math.ceilDiv(k, 4);
        final long stride = 16L * steps + 8;
        try (Arena arena = Arena.ofConfined()) {
            final MemorySegment to = arena.allocate(stride * Math.ceilDiv(rows, 2));
            for (long at = 0; at < to.byteSize(); at += Short.BYTES) {
                to.set(SHORT, at, ANY);
            }
            RowPairs.copy(lhs, first, rows, to, stride);
            for (int row = 0; row < rows + rows % 2; row++) {
                for (int p = 0; p < 4 * steps; p++) {
                    final short expected = row < rows && p < k ? value(first + row, p) : 0;
                    final long at = row / 2 * stride + p / 4 * 16L + row % 2 * 8L + p % 4 * 2L;
                    assertEquals(expected, to.get(SHORT, at), "row " + row + ", value " + p + " of " + k);
                }
            }
            for (int pair = 0; pair < Math.ceilDiv(rows, 2); pair++) {
                assertEquals(ANY, to.get(SHORT, pair * stride + 16L * steps), "nothing is written after a pair");
            }
        }
    }

    @Test
    void valuesAreWhereBlocksHaveThem() {
        for (int k = 0; k < 14; k++) {
            final short[] values = values(5, k);
            try (Arena arena = Arena.ofConfined()) {
                final MemorySegment segment = arena.allocate(2L * values.length, 64);
                segment.copyFrom(MemorySegment.ofArray(values));
                for (int first = 0; first < 5; first++) {
                    for (int rows = 1; first + rows <= 5; rows++) {
                        check(Matrix.of(values, OFFSET, 5, k, k + 2), first, rows);
                        check(Matrix.ofShorts(segment, OFFSET, 5, k, k + 2), first, rows);
                    }
                }
            }
        }
    }
}
