package dev.tilesmith.conformance;

import dev.tilesmith.runtime.Matrix;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.stream.IntStream;

/** What the elements of an operand are: how to hold them, and how to compare them, which is by their bits. */
public enum Element {
    /** A binary32; any NaN is equal to any NaN. */
    F32(Float.BYTES) {
        @Override
        Matrix onHeap(int rows, int columns, int stride) {
            final float[] data = new float[rows * stride];
            Arrays.fill(data, Float.intBitsToFloat(UNTOUCHED));
            return Matrix.of(data, 0, rows, columns, stride);
        }

        @Override
        MemorySegment array(int elements) {
            return MemorySegment.ofArray(new float[elements]);
        }
    },
    /** 16 bits of a binary16 or a BF16, which the operand's format tells apart. */
    HALF(Short.BYTES) {
        @Override
        Matrix onHeap(int rows, int columns, int stride) {
            final short[] data = new short[rows * stride];
            Arrays.fill(data, (short) UNTOUCHED);
            return Matrix.of(data, 0, rows, columns, stride);
        }

        @Override
        MemorySegment array(int elements) {
            return MemorySegment.ofArray(new short[elements]);
        }
    },
    /** A signed byte. */
    I8(1) {
        @Override
        Matrix onHeap(int rows, int columns, int stride) {
            final byte[] data = new byte[rows * stride];
            Arrays.fill(data, FILLING);
            return Matrix.of(data, 0, rows, columns, stride);
        }

        @Override
        MemorySegment array(int elements) {
            return MemorySegment.ofArray(new byte[elements]);
        }
    },
    /** An int. */
    I32(Integer.BYTES) {
        @Override
        Matrix onHeap(int rows, int columns, int stride) {
            final int[] data = new int[rows * stride];
            Arrays.fill(data, UNTOUCHED);
            return Matrix.of(data, 0, rows, columns, stride);
        }

        @Override
        MemorySegment array(int elements) {
            return MemorySegment.ofArray(new int[elements]);
        }
    };

    private static final byte FILLING = 7;
    private static final int UNTOUCHED = 0x07070707;

    private final int bytes;

    Element(int bytes) {
        this.bytes = bytes;
    }

    /** Bytes of an element. */
    public int bytes() {
        return bytes;
    }

    /** Rows in an array of their own, {@code stride} apart, all of it {@link #untouched()}. */
    abstract Matrix onHeap(int rows, int columns, int stride);

    /** Rows of elements given as {@link #bits}, in an array of their own. */
    Matrix onHeap(int[] bits, int rows, int columns) {
        final Matrix matrix = onHeap(rows, columns, columns);
        final MemorySegment memory = storage(matrix);
        for (int i = 0; i < bits.length; i++) {
            put(bits[i], memory, (long) i * bytes);
        }
        return matrix;
    }

    /** A segment over an array of such elements. */
    abstract MemorySegment array(int elements);

    /** Stores an element, given as {@link #bits}, at a byte. */
    void put(int bits, MemorySegment memory, long at) {
        switch (this) {
            case I8 -> memory.set(ValueLayout.JAVA_BYTE, at, (byte) bits);
            case HALF -> memory.set(ValueLayout.JAVA_SHORT_UNALIGNED, at, (short) bits);
            case F32, I32 -> memory.set(ValueLayout.JAVA_INT_UNALIGNED, at, bits);
        }
    }

    /** Rows in a segment, {@code stride} apart from element {@code offset}. */
    Matrix in(MemorySegment memory, long offset, int rows, int columns, long stride) {
        return new Matrix.Segment(memory, bytes, offset, rows, columns, stride);
    }

    /** Makes all elements of a segment {@link #untouched()}. */
    static void fill(MemorySegment memory) {
        memory.fill(FILLING);
    }

    /** The bits of an element that nothing was written to. */
    int untouched() {
        return switch (this) {
            case I8 -> FILLING;
            case HALF -> (short) UNTOUCHED;
            case F32, I32 -> UNTOUCHED;
        };
    }

    /** All elements of a matrix's storage as bits. */
    int[] bits(Matrix matrix) {
        return switch (matrix) {
            case Matrix.Floats floats -> bits(floats.data());
            case Matrix.Bytes bytes -> bits(bytes.data());
            case Matrix.Shorts shorts -> bits(shorts.data());
            case Matrix.Ints ints -> ints.data();
            case Matrix.Segment segment ->
                switch (this) {
                    case F32 -> bits(segment.data().toArray(ValueLayout.JAVA_FLOAT_UNALIGNED));
                    case HALF -> bits(segment.data().toArray(ValueLayout.JAVA_SHORT_UNALIGNED));
                    case I8 -> bits(segment.data().toArray(ValueLayout.JAVA_BYTE));
                    case I32 -> segment.data().toArray(ValueLayout.JAVA_INT_UNALIGNED);
                };
        };
    }

    /** Floats as bits, with one pattern for every NaN. */
    public static int[] bits(float... values) {
        final int[] bits = new int[values.length];
        Arrays.setAll(bits, i -> Float.floatToIntBits(values[i]));
        return bits;
    }

    /** 16 bits as ints. */
    static int[] bits(short... values) {
        return IntStream.range(0, values.length).map(i -> values[i]).toArray();
    }

    /** Bytes as ints. */
    static int[] bits(byte... values) {
        return IntStream.range(0, values.length).map(i -> values[i]).toArray();
    }

    /** For people. */
    public String show(int bits) {
        return this == F32 ? "%s (0x%08x)".formatted(Float.intBitsToFloat(bits), bits) : Integer.toString(bits);
    }

    /** What a matrix in an array holds. */
    static Element of(Matrix matrix) {
        return switch (matrix) {
            case Matrix.Floats _ -> F32;
            case Matrix.Bytes _ -> I8;
            case Matrix.Shorts _ -> HALF;
            case Matrix.Ints _ -> I32;
            case Matrix.Segment _ -> throw new IllegalArgumentException("matrix: " + matrix + "; expected an array");
        };
    }

    /** The storage of a matrix in an array, as memory. */
    static MemorySegment storage(Matrix matrix) {
        return switch (matrix) {
            case Matrix.Floats floats -> MemorySegment.ofArray(floats.data());
            case Matrix.Bytes bytes -> MemorySegment.ofArray(bytes.data());
            case Matrix.Shorts shorts -> MemorySegment.ofArray(shorts.data());
            case Matrix.Ints ints -> MemorySegment.ofArray(ints.data());
            case Matrix.Segment segment -> segment.data();
        };
    }
}
