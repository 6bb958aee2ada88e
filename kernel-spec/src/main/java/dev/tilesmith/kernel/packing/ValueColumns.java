package dev.tilesmith.kernel.packing;

import dev.tilesmith.kernel.layout.PanelLayout;
import dev.tilesmith.runtime.Matrix;
import dev.tilesmith.runtime.PlainWeights;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/**
 * Rows of values one after the other, of four bits two to a byte, a column for each output channel. Squares of as many rows
 * as a long has values are turned: a long for each row becomes one for each column.
 */
final class ValueColumns implements GroupSource {
    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private final Matrix values;
    private final MemorySegment data;
    private final int k;
    private final int nr;
    private final int bits;
    private final int side;
    private final long flip;
    private final GivenScales given;
    private final long[] square;
    private final long[] next;
    private int column;
    private int columns;

    /**
     * The columns of {@code weights}.
     *
     * @param flip what makes of their bits those of a panel, by exclusive or
     */
    ValueColumns(PlainWeights weights, PanelLayout layout, int bl, long flip) {
        this.values = weights.values();
        this.data = RowBytes.segment(values);
        this.k = weights.k();
        this.nr = layout.nr();
        this.bits = layout.weights().stored().bits();
        this.side = Long.SIZE / bits;
        this.flip = flip;
        this.given = new GivenScales(weights, layout, bl);
        this.square = new long[side];
        this.next = new long[side];
    }

    @Override
    public int apart() {
        return 1;
    }

    @Override
    public void begin(int newColumn, int newColumns, BlockScales scales) {
        column = newColumn;
        columns = newColumns;
        given.begin(column, columns, scales);
    }

    @Override
    public void read(int group, int count, ValueGroups to, BlockScales scales) {
        for (int i = 0; i < count; i++) {
            final int start = (group + i) * 2 * side;
            final GroupMask mask = GroupMask.of(start, k, bits);
            for (int j = 0; j < columns; j += side) {
                turn(start, j, square);
                turn(start + side, j, next);
                for (int c = 0; c < Math.min(side, columns - j); c++) {
                    to.put(i * nr + j + c, (square[c] ^ flip) & mask.first(), (next[c] ^ flip) & mask.last());
                }
            }
        }
        given.read(column, columns, group, count, scales);
    }

    private void turn(int start, int j, long[] to) {
        for (int i = 0; i < side; i++) {
            to[i] = start + i < k ? row(start + i, column + j) : 0;
        }
        if (bits == Byte.SIZE) {
            turnBytes(to);
        } else {
            turnNibbles(to);
        }
    }

    /** As many values of a row as a long has; those beyond its end are of any value. */
    private long row(int p, int from) {
        final long start = values.offset() + p * values.rowStride();
        final long at = (long) from * bits / Byte.SIZE;
        final int shift = (int) ((long) from * bits % Byte.SIZE);
        if (at + Long.BYTES < values.columns()) {
            final long found = data.get(LONG, start + at);
            return shift == 0 ? found : (found >>> shift) | (byteAt(start + at + Long.BYTES) << (Long.SIZE - shift));
        }
        long found = 0;
        for (long i = values.columns() - 1L; i >= at; i--) {
            found = (found << Byte.SIZE) | byteAt(start + i);
        }
        return found >>> shift;
    }

    private long byteAt(long at) {
        return data.get(ValueLayout.JAVA_BYTE, at) & 0xffL;
    }

    /** Value j of long i changes places with value i of long j: quarters, then quarters of these. */
    private static void turnNibbles(long[] square) {
        turn(square, 16, 8, 0x00000000ffffffffL);
        turn(square, 16, 4, 0x0000ffff0000ffffL);
        turn(square, 16, 2, 0x00ff00ff00ff00ffL);
        turn(square, 16, 1, 0x0f0f0f0f0f0f0f0fL);
    }

    private static void turnBytes(long[] square) {
        turn(square, 8, 4, 0x00000000ffffffffL);
        turn(square, 8, 2, 0x0000ffff0000ffffL);
        turn(square, 8, 1, 0x00ff00ff00ff00ffL);
    }

    private static void turn(long[] square, int side, int half, long mask) {
        final int shift = half * (Long.SIZE / side);
        for (int i = 0; i < side; i++) {
            if ((i & half) == 0) {
                final long changed = ((square[i] >>> shift) ^ square[i + half]) & mask;
                square[i] ^= changed << shift;
                square[i + half] ^= changed;
            }
        }
    }
}
