package dev.tilesmith.kernel.drive;

import dev.tilesmith.runtime.Matrix;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.SplittableRandom;

/** Matrices of any elements by their bits: made on the heap or outside it, with gaps between their rows. */
final class Cells {
    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED;
    private static final ValueLayout.OfShort SHORT =
            ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private Cells() {}

    /** What a matrix is made of. */
    enum Elements {
        FLOATS(Float.BYTES),
        SHORTS(Short.BYTES),
        BYTES(1),
        INTS(Integer.BYTES);

        private final int bytes;

        Elements(int bytes) {
            this.bytes = bytes;
        }

        /** A matrix somewhere in storage of its own, all zeros. */
        Matrix matrix(SplittableRandom random, int rows, int columns) {
            final int stride = columns + random.nextInt(3);
            final int offset = random.nextInt(3);
            final int length = offset + rows * stride + random.nextInt(3);
            if (random.nextBoolean()) {
                final MemorySegment memory = Arena.ofAuto().allocate(1 + (long) length * bytes);
                return new Matrix.Segment(memory.asSlice(1), bytes, offset, rows, columns, stride);
            }
            return switch (this) {
                case FLOATS -> new Matrix.Floats(new float[length], offset, rows, columns, stride);
                case SHORTS -> new Matrix.Shorts(new short[length], offset, rows, columns, stride);
                case BYTES -> new Matrix.Bytes(new byte[length], offset, rows, columns, stride);
                case INTS -> new Matrix.Ints(new int[length], offset, rows, columns, stride);
            };
        }
    }

    /** Elements of the storage. */
    static int size(Matrix matrix) {
        return switch (matrix) {
            case Matrix.Floats floats -> floats.data().length;
            case Matrix.Shorts shorts -> shorts.data().length;
            case Matrix.Bytes bytes -> bytes.data().length;
            case Matrix.Ints ints -> ints.data().length;
            case Matrix.Segment segment -> (int) (segment.data().byteSize() / segment.elementBytes());
        };
    }

    /** Where an element is in the storage. */
    static int at(Matrix matrix, int row, int column) {
        return (int) (matrix.offset() + row * matrix.rowStride() + column);
    }

    /** The bits of an element of the storage. */
    static int get(Matrix matrix, int at) {
        return switch (matrix) {
            case Matrix.Floats floats -> Float.floatToRawIntBits(floats.data()[at]);
            case Matrix.Shorts shorts -> shorts.data()[at];
            case Matrix.Bytes bytes -> bytes.data()[at];
            case Matrix.Ints ints -> ints.data()[at];
            case Matrix.Segment segment ->
                switch (segment.elementBytes()) {
                    case 1 -> segment.data().get(ValueLayout.JAVA_BYTE, at);
                    case Short.BYTES -> segment.data().get(SHORT, at * (long) Short.BYTES);
                    default -> segment.data().get(INT, at * (long) Integer.BYTES);
                };
        };
    }

    /** Sets the bits of an element of the storage, as many as it has. */
    static void set(Matrix matrix, int at, int bits) {
        switch (matrix) {
            case Matrix.Floats floats -> floats.data()[at] = Float.intBitsToFloat(bits);
            case Matrix.Shorts shorts -> shorts.data()[at] = (short) bits;
            case Matrix.Bytes bytes -> bytes.data()[at] = (byte) bits;
            case Matrix.Ints ints -> ints.data()[at] = bits;
            case Matrix.Segment segment -> {
                switch (segment.elementBytes()) {
                    case 1 -> segment.data().set(ValueLayout.JAVA_BYTE, at, (byte) bits);
                    case Short.BYTES -> segment.data().set(SHORT, at * (long) Short.BYTES, (short) bits);
                    default -> segment.data().set(INT, at * (long) Integer.BYTES, bits);
                }
            }
        }
    }
}
