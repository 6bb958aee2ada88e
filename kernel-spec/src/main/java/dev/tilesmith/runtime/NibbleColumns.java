package dev.tilesmith.runtime;

import dev.tilesmith.runtime.Weights.Nibbles;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/**
 * Rows of values of four bits, two to a byte one after the other, a column for each output channel. Squares of 16 × 16
 * values are turned: a long for each row becomes one for each column.
 */
final class NibbleColumns implements Int4Source {
    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final int SIDE = 16;
    private static final int BITS = 4;

    private final Matrix values;
    private final MemorySegment data;
    private final int k;
    private final int nr;
    private final long flip;
    private final GivenScales given;
    private final long[] square = new long[SIDE];
    private final long[] next = new long[SIDE];
    private int column;
    private int columns;

    NibbleColumns(Weights weights, Nibbles nibbles, int nr, int bl) {
        this.values = weights.values();
        this.data = RowBytes.segment(values);
        this.k = weights.k();
        this.nr = nr;
        this.flip = nibbles.flip();
        this.given = new GivenScales(weights, nr, bl);
    }

    @Override
    public int apart() {
        return 1;
    }

    @Override
    public void begin(int newColumn, int newColumns) {
        column = newColumn;
        columns = newColumns;
    }

    @Override
    public void read(int group, int count, NibbleGroups to, float[] scales) {
        for (int i = 0; i < count; i++) {
            final int start = (group + i) * NibbleGroups.VALUES;
            final NibbleMask mask = NibbleMask.of(start, k);
            for (int j = 0; j < columns; j += SIDE) {
                turn(start, j, square);
                turn(start + SIDE, j, next);
                for (int c = 0; c < Math.min(SIDE, columns - j); c++) {
                    to.put(i * nr + j + c, (square[c] ^ flip) & mask.first(), (next[c] ^ flip) & mask.last());
                }
            }
        }
        given.read(column, columns, group, count, scales);
    }

    private void turn(int start, int j, long[] to) {
        for (int i = 0; i < SIDE; i++) {
            to[i] = start + i < k ? row(start + i, column + j) : 0;
        }
        transpose(to);
    }

    /** 16 values of a row; those beyond its end are of any value. */
    private long row(int p, int from) {
        final long start = values.offset() + p * values.rowStride();
        final int at = from / 2;
        if (at + Long.BYTES < values.columns()) {
            final long bits = data.get(LONG, start + at);
            return from % 2 == 0 ? bits : (bits >>> BITS) | (byteAt(start + at + Long.BYTES) << (Long.SIZE - BITS));
        }
        long bits = 0;
        for (int i = values.columns() - 1; i >= at; i--) {
            bits = (bits << Byte.SIZE) | byteAt(start + i);
        }
        return from % 2 == 0 ? bits : bits >>> BITS;
    }

    private long byteAt(long at) {
        return data.get(ValueLayout.JAVA_BYTE, at) & 0xffL;
    }

    /** Value j of long i changes places with value i of long j: quarters, then quarters of these. */
    private static void transpose(long[] square) {
        transpose(square, 8, 0x00000000ffffffffL);
        transpose(square, 4, 0x0000ffff0000ffffL);
        transpose(square, 2, 0x00ff00ff00ff00ffL);
        transpose(square, 1, 0x0f0f0f0f0f0f0f0fL);
    }

    private static void transpose(long[] square, int half, long mask) {
        final int shift = half * BITS;
        for (int i = 0; i < SIDE; i++) {
            if ((i & half) == 0) {
                final long changed = ((square[i] >>> shift) ^ square[i + half]) & mask;
                square[i] ^= changed << shift;
                square[i + half] ^= changed;
            }
        }
    }
}
