package dev.tilesmith.kernel.drive;

import dev.tilesmith.kernel.layout.ElementKind;
import dev.tilesmith.kernel.layout.RowSpacing;
import dev.tilesmith.runtime.Matrix;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/** Rows of a left operand that is stored transposed: columns of what is stored. */
final class TransposedRows implements GatheredRows {
    private static final ValueLayout.OfShort LITTLE_ENDIAN =
            ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private final Matrix stored;
    private final int elementBytes;
    private final long rowBytes;

    /** Those of a matrix, as it is stored: k × m. */
    TransposedRows(Matrix stored) {
        this.stored = stored;
        this.elementBytes = ElementKind.bytes(stored);
        this.rowBytes = RowSpacing.spread((long) stored.rows() * elementBytes);
    }

    @Override
    public Matrix none() {
        return matrix(MemorySegment.NULL, 0);
    }

    @Override
    public long rowBytes() {
        return rowBytes;
    }

    private Matrix matrix(MemorySegment memory, int rows) {
        return new Matrix.Segment(memory, elementBytes, 0, rows, stored.rows(), rowBytes / elementBytes);
    }

    /** Those of columns of what is stored. Of these, what lies together is read together. */
    @Override
    public Matrix gather(int first, int count, MemorySegment to) {
        for (int p = 0; p < stored.rows(); p++) {
            spread(stored.offset() + p * stored.rowStride() + first, count, to, (long) p * elementBytes);
        }
        return matrix(to, count);
    }

    /** Puts elements from a place of the storage on a row apart each, bit for bit. */
    private void spread(long from, int count, MemorySegment to, long at) {
        switch (stored) {
            case Matrix.Floats floats -> {
                for (int i = 0; i < count; i++) {
                    final int bits = Float.floatToRawIntBits(floats.data()[(int) from + i]);
                    to.set(ValueLayout.JAVA_INT_UNALIGNED, at + i * rowBytes, bits);
                }
            }
            case Matrix.Shorts shorts -> {
                for (int i = 0; i < count; i++) {
                    to.set(LITTLE_ENDIAN, at + i * rowBytes, shorts.data()[(int) from + i]);
                }
            }
            case Matrix.Bytes bytes -> {
                for (int i = 0; i < count; i++) {
                    to.set(ValueLayout.JAVA_BYTE, at + i * rowBytes, bytes.data()[(int) from + i]);
                }
            }
            case Matrix.Segment segment -> spread(segment.data(), from * elementBytes, count, to, at);
            case Matrix.Ints _ -> throw ElementKind.notFloats("lhs", stored);
        }
    }

    private void spread(MemorySegment data, long from, int count, MemorySegment to, long at) {
        for (int i = 0; i < count; i++) {
            MemorySegment.copy(data, from + (long) i * elementBytes, to, at + i * rowBytes, elementBytes);
        }
    }
}
