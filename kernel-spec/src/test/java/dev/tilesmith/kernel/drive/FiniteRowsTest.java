package dev.tilesmith.kernel.drive;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.tilesmith.kernel.layout.LhsFormat;
import dev.tilesmith.kernel.layout.PanelLayout;
import dev.tilesmith.kernel.packed.PackedPanels;
import dev.tilesmith.kernel.packing.Packing;
import dev.tilesmith.kernel.packing.RhsPacker;
import dev.tilesmith.runtime.Matrix;
import dev.tilesmith.runtime.Problems;
import dev.tilesmith.runtime.RunOptions;
import dev.tilesmith.runtime.Weights;
import dev.tilesmith.runtime.Weights.Halves;
import dev.tilesmith.spec.Format;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Rows are refused if, and only if, a value that the product reads is not finite. */
final class FiniteRowsTest {
    private static final float[] AWKWARD = {
        Float.NaN,
        Float.POSITIVE_INFINITY,
        Float.NEGATIVE_INFINITY,
        Float.intBitsToFloat(0x7f800001),
        Float.MAX_VALUE,
        -Float.MAX_VALUE,
        Float.MIN_VALUE,
        -0f
    };

    private static Product product(Matrix lhs, int firstRow, int endRow) {
        final PanelLayout layout = new PanelLayout(Format.F32, 4, 1, true);
        final PackedPanels rhs = RhsPacker.pack(
                Weights.nByK(Matrix.of(new float[lhs.columns()], 1, lhs.columns())),
                layout,
                new Packing(Arena.ofAuto(), Runnable::run, 1));
        final Matrix dst = Matrix.of(new float[lhs.rows()], lhs.rows(), 1);
        return new Product(lhs, rhs, dst, firstRow, endRow, 0, 1, 0f, 1f);
    }

    /** Any shape, stride and portion, on the heap and outside it, with a few awkward values wherever they fall. */
    @ParameterizedTest
    @EnumSource(
            value = LhsFormat.class,
            names = {"AS_IT_LIES", "F16", "BF16"})
    void looksAtWhatIsReadAndNoFurther(LhsFormat format) {
        Problems.forEach(random -> {
            final int rows = random.nextInt(1, 6);
            final int k = random.nextInt(9) == 0 ? random.nextInt(3000) : random.nextInt(20);
            final int stride = k + random.nextInt(4);
            final int offset = random.nextInt(4);
            final float[] data = new float[offset + rows * stride + random.nextInt(4)];
            for (int i = 0; i < data.length; i++) {
                data[i] = i - 9.5f;
            }
            for (int i = random.nextInt(4); i > 0 && data.length > 0; i--) {
                data[random.nextInt(data.length)] = AWKWARD[random.nextInt(AWKWARD.length)];
            }
            final int first = random.nextInt(rows);
            final int end = random.nextInt(first, rows + 1);
            final Matrix lhs = format.halves()
                    .map(halves -> halves(halves, data, offset, rows, k, stride, random))
                    .orElseGet(() -> matrix(data, offset, rows, k, stride, random));
            assertFound(format, data, lhs, first, end);
        });
    }

    private static Matrix matrix(float[] data, int offset, int rows, int k, int stride, SplittableRandom random) {
        if (random.nextBoolean()) {
            return Matrix.of(data, offset, rows, k, stride);
        }
        final MemorySegment segment = Arena.ofAuto().allocate(Math.max(1, data.length * (long) Float.BYTES));
        MemorySegment.copy(data, 0, segment, ValueLayout.JAVA_FLOAT_UNALIGNED, 0, data.length);
        return Matrix.of(segment, offset, rows, k, stride);
    }

    /** The values as 16 bits, which {@code data} has then: the largest f32s become infinities. */
    private static Matrix halves(
            Halves halves, float[] data, int offset, int rows, int k, int stride, SplittableRandom random) {
        final short[] bits = new short[data.length];
        for (int i = 0; i < data.length; i++) {
            bits[i] = halves.round(data[i]);
            data[i] = halves.widen(bits[i]);
        }
        if (random.nextBoolean()) {
            return Matrix.of(bits, offset, rows, k, stride);
        }
        final MemorySegment segment = Arena.ofAuto().allocate(1 + data.length * (long) Short.BYTES);
        MemorySegment.copy(bits, 0, segment, ValueLayout.JAVA_SHORT_UNALIGNED, 1, data.length);
        return Matrix.ofShorts(segment.asSlice(1), offset, rows, k, stride);
    }

    private static void assertFound(LhsFormat format, float[] data, Matrix lhs, int first, int end) {
        final Product product = product(lhs, first, end);
        for (int row = first; row < end; row++) {
            for (int p = 0; p < lhs.columns(); p++) {
                final float value = data[(int) (lhs.offset() + row * lhs.rowStride() + p)];
                if (!Float.isFinite(value)) {
                    final String message = assertThrows(
                                    IllegalArgumentException.class, () -> FiniteRows.check(product, format))
                            .getMessage();
                    assertEquals(
                            "lhs: row " + row + " has " + value + " at column " + p
                                    + "; expected finite values, as RunOptions.requireFiniteRows asks",
                            message);
                    return;
                }
            }
        }
        FiniteRows.check(product, format);
    }

    /** Bytes are finite, whatever floats they would be. */
    @Test
    void bytesAreFinite() {
        final byte[] data = new byte[64];
        Arrays.fill(data, (byte) -1);
        FiniteRows.check(product(Matrix.of(data, 2, 16), 0, 2), LhsFormat.STATIC);
        final MemorySegment segment = Arena.ofAuto().allocate(64).fill((byte) -1);
        FiniteRows.check(product(Matrix.ofBytes(segment, 2, 16), 0, 2), LhsFormat.STATIC);
    }

    @Test
    void othersKeepWhatIsAskedFor() {
        final RunOptions asked = RunOptions.DEFAULT.requireFiniteRows();
        assertEquals(
                false,
                RunOptions.DEFAULT
                        .clamp(0f, 1f)
                        .rows(0, 1)
                        .columns(0, 1)
                        .on(Runnable::run, 2)
                        .finiteRows());
        assertEquals(
                true,
                asked.clamp(0f, 1f)
                        .rows(0, 1)
                        .columns(0, 1)
                        .on(Runnable::run, 2)
                        .finiteRows());
    }
}
