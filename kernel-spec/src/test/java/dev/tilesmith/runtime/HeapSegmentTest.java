package dev.tilesmith.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** A segment over a Java array stands for what it shows of that array, and for nothing beside it. */
final class HeapSegmentTest {
    private static final int ARRAY_BYTES = 24;

    /** What a matrix is made of, and how a segment over such an array becomes one. */
    enum Kind {
        FLOATS(Float.BYTES) {
            @Override
            MemorySegment array() {
                final float[] values = new float[ARRAY_BYTES / Float.BYTES];
                for (int i = 0; i < values.length; i++) {
                    values[i] = i;
                }
                return MemorySegment.ofArray(values);
            }

            @Override
            int value(MemorySegment data, long at) {
                return (int) data.get(ValueLayout.JAVA_FLOAT_UNALIGNED, at);
            }
        },
        INTS(Integer.BYTES) {
            @Override
            MemorySegment array() {
                return MemorySegment.ofArray(new int[] {0, 1, 2, 3, 4, 5});
            }

            @Override
            int value(MemorySegment data, long at) {
                return data.get(ValueLayout.JAVA_INT_UNALIGNED, at);
            }
        },
        BYTES(1) {
            @Override
            MemorySegment array() {
                final byte[] values = new byte[ARRAY_BYTES];
                for (int i = 0; i < values.length; i++) {
                    values[i] = (byte) i;
                }
                return MemorySegment.ofArray(values);
            }

            @Override
            int value(MemorySegment data, long at) {
                return data.get(ValueLayout.JAVA_BYTE, at);
            }
        };

        private final int bytes;

        Kind(int bytes) {
            this.bytes = bytes;
        }

        /** An array of elements that are their own places. */
        abstract MemorySegment array();

        abstract int value(MemorySegment data, long at);

        final Matrix matrix(MemorySegment data, long offset, int rows, int columns, long rowStride) {
            return this == BYTES
                    ? Matrix.ofBytes(data, offset, rows, columns, rowStride)
                    : Matrix.of(data, offset, rows, columns, rowStride);
        }
    }

    /** The values of a matrix in an array, which are their places. */
    private static List<Integer> values(Matrix matrix) {
        final List<Integer> values = new ArrayList<>();
        for (int i = 0; i < matrix.rows(); i++) {
            for (int j = 0; j < matrix.columns(); j++) {
                final int at = (int) (matrix.offset() + i * matrix.rowStride() + j);
                values.add(
                        switch (matrix) {
                            case Matrix.Floats floats -> (int) floats.data()[at];
                            case Matrix.Shorts shorts -> (int) shorts.data()[at];
                            case Matrix.Ints ints -> ints.data()[at];
                            case Matrix.Bytes bytes -> (int) bytes.data()[at];
                            case Matrix.Segment segment -> throw new AssertionError(segment);
                        });
            }
        }
        return values;
    }

    /** Every slice of a small array, with every small shape: taken with the slice's values, or refused. */
    @ParameterizedTest
    @EnumSource
    void aSliceIsItsElementsAndNoOthers(Kind kind) {
        final MemorySegment array = kind.array();
        for (int from = 0; from <= ARRAY_BYTES; from++) {
            for (int length = 0; length <= ARRAY_BYTES - from; length++) {
                final MemorySegment slice = array.asSlice(from, length);
                for (int rows = 0; rows <= 2; rows++) {
                    for (int columns = 0; columns <= 3; columns++) {
                        for (int offset = 0; offset <= 2; offset++) {
                            check(kind, slice, offset, rows, columns, columns);
                            check(kind, slice, offset, rows, columns, columns + 1);
                        }
                    }
                }
            }
        }
    }

    private static void check(Kind kind, MemorySegment slice, int offset, int rows, int columns, int stride) {
        final List<Integer> expected = new ArrayList<>();
        boolean within = slice.address() % kind.bytes == 0;
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
                final long at = (offset + i * (long) stride + j) * kind.bytes;
                within &= at + kind.bytes <= slice.byteSize();
                expected.add(within ? kind.value(slice, at) : -1);
            }
        }
        if (within && rows * columns > 0) {
            assertEquals(expected, values(kind.matrix(slice, offset, rows, columns, stride)));
        } else if (rows * columns > 0) {
            final String message = assertThrows(
                            IllegalArgumentException.class,
                            () -> kind.matrix(slice, offset, rows, columns, stride),
                            slice::toString)
                    .getMessage();
            assertTrue(message.startsWith("data: "), message);
        }
    }

    @Test
    void aSliceThatIsTooSmallIsNamedWithItsOwnSize() {
        final MemorySegment slice = MemorySegment.ofArray(new float[1 << 20]).asSlice(0, 40);
        assertRefused(
                "data: segment of 10 elements; 1000 rows of 512, 512 apart from 0, need 512000",
                () -> Matrix.of(slice, 1000, 512));
    }

    @Test
    void aSliceWithinAnElementIsRefused() {
        assertRefused(
                "data: a segment from byte 2 of a float[], within an element; expected a multiple of 4",
                () -> Matrix.of(MemorySegment.ofArray(new float[4]).asSlice(2, 8), 1, 2));
        assertRefused(
                "data: a segment from byte 7 of an int[], within an element; expected a multiple of 4",
                () -> Matrix.of(MemorySegment.ofArray(new int[4]).asSlice(7, 8), 1, 2));
    }

    /** The array of a read-only segment is not to be had, whatever it holds. */
    @ParameterizedTest
    @MethodSource("arrays")
    void aReadOnlySegmentIsRefusedForThatReason(MemorySegment array) {
        final String message =
                "data: a read-only segment over a Java array, which the JVM gives to nobody; expected the"
                        + " array itself, a segment over it that can be written, or memory outside the heap";
        final MemorySegment data = array.asReadOnly();
        assertRefused(message, () -> Matrix.of(data, 1, 1));
        assertRefused(message, () -> Matrix.ofBytes(data, 1, 1));
        assertRefused(message, () -> Weights.ofBlocks(BlockLayout.Q4_0, data, 0, 1, 32));
        assertRefused(message, () -> new Matrix.Segment(data, 1, 0, 1, 1, 1));
    }

    static Stream<MemorySegment> arrays() {
        return Stream.of(
                MemorySegment.ofArray(new byte[64]),
                MemorySegment.ofArray(new short[64]),
                MemorySegment.ofArray(new char[64]),
                MemorySegment.ofArray(new int[64]),
                MemorySegment.ofArray(new float[64]),
                MemorySegment.ofArray(new long[64]),
                MemorySegment.ofArray(new double[64]));
    }

    @ParameterizedTest
    @MethodSource("arrays")
    void arraysOfOtherElementsAreNamed(MemorySegment array) {
        final String name = array.heapBase().orElseThrow().getClass().getSimpleName();
        if (!List.of("float[]", "int[]").contains(name)) {
            assertRefused(
                    "data: a segment over a " + name
                            + "; expected memory outside the heap, or a segment over a float[] or" + " an int[]",
                    () -> Matrix.of(array, 1, 1));
        }
        if (!name.equals("byte[]")) {
            final String article = name.equals("int[]") ? "an " : "a ";
            final String message = "data: a segment over " + article + name
                    + "; expected memory outside the heap, or a segment over a byte[]";
            assertRefused(message, () -> Matrix.ofBytes(array, 1, 1));
            assertRefused(message, () -> Weights.ofBlocks(BlockLayout.Q4_0, array, 0, 1, 32));
        }
        assertRefused(
                "data: a segment over a Java array; expected memory outside the heap, or Matrix.of or Matrix.ofBytes,"
                        + " which take the array",
                () -> new Matrix.Segment(array, 1, 0, 1, 1, 1));
    }

    @Test
    void theMatrixIsOfTheArrayItself() {
        final float[] floats = new float[8];
        final byte[] bytes = new byte[8];
        final MemorySegment rest = MemorySegment.ofArray(floats).asSlice(8);
        assertSame(
                floats,
                assertInstanceOf(Matrix.Floats.class, Matrix.of(rest, 1, 6)).data());
        assertSame(
                bytes,
                assertInstanceOf(Matrix.Bytes.class, Matrix.ofBytes(MemorySegment.ofArray(bytes), 1, 8))
                        .data());
    }

    /** ggml's blocks in a slice of a byte[]: at bytes of the slice, and no further. */
    @Test
    void blocksLieWithinTheirSlice() {
        final MemorySegment array = MemorySegment.ofArray(new byte[100]);
        final Weights weights = Weights.ofBlocks(BlockLayout.Q4_0, array.asSlice(50, 40), 4, 2, 32);
        assertEquals(54, weights.values().offset());
        assertRefused(
                "data: 35 bytes from offset 5; 2 x 32 in blocks of Q4_0 take 36",
                () -> Weights.ofBlocks(BlockLayout.Q4_0, array.asSlice(50, 40), 5, 2, 32));
    }

    private static void assertRefused(String message, Runnable given) {
        final Consumer<Runnable> run = Runnable::run;
        assertEquals(
                message,
                assertThrows(IllegalArgumentException.class, () -> run.accept(given))
                        .getMessage());
    }
}
