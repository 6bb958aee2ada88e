package dev.tilesmith.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.tilesmith.code.CodeRefusedException;
import dev.tilesmith.cpu.Architecture;
import dev.tilesmith.cpu.Host;
import dev.tilesmith.kernel.argument.QuantizerArguments;
import dev.tilesmith.kernel.drive.PlacedCode;
import dev.tilesmith.reference.Int8Reference;
import dev.tilesmith.spec.Target;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.EnumSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The quantizers in machine code, byte for byte against the reference, on guarded memory. */
@EnabledIf("dev.tilesmith.conformance.CalleeSavedTest#onX86")
final class QuantizerTest {
    private static final int OFFSET = 128;

    /** Values beyond a row's that may be written besides. */
    private static final int SLACK = 64;

    private final GuardedMemory guarded = new GuardedMemory();

    /** A quantizer, and the bytes that it gives each value. */
    record Quantizer(String name, PlacedCode code, int elementBytes) {
        @Override
        public String toString() {
            return name;
        }
    }

    /** With VNNI values are bytes, else integers of 16 bits. */
    static Stream<Quantizer> quantizers() {
        return GeneratedCode.kernels(Int8KernelKernels.table()).map(kernel -> {
            final Target target = kernel.family().target();
            final boolean bytes =
                    EnumSet.of(Target.AMX, Target.AVX512_VNNI, Target.AVX_VNNI).contains(target);
            return new Quantizer(target.name(), GeneratedCode.QUANTIZER.of(kernel), bytes ? Byte.BYTES : Short.BYTES);
        });
    }

    @Test
    void thisCpuHasOne() {
        assertFalse(Host.current().cpu().architecture() == Architecture.X86_64
                && quantizers().findAny().isEmpty());
    }

    static MemorySegment arguments(Arena arena, int rows, int k, int elementBytes) {
        final MemorySegment arguments = arena.allocate(64, 64);
        arguments.set(ValueLayout.JAVA_LONG, QuantizerArguments.ROWS, rows);
        arguments.set(ValueLayout.JAVA_LONG, QuantizerArguments.K, k);
        arguments.set(ValueLayout.JAVA_LONG, QuantizerArguments.SOURCE_STRIDE, 4L * k);
        arguments.set(ValueLayout.JAVA_LONG, QuantizerArguments.STRIDE, stride(k, elementBytes));
        arguments.set(ValueLayout.JAVA_LONG, QuantizerArguments.VALUES, values(k, elementBytes));
        return arguments;
    }

    private static long values(int k, int elementBytes) {
        return (k * (long) elementBytes + 3) & -4;
    }

    private static long stride(int k, int elementBytes) {
        return values(k, elementBytes) + QuantizerArguments.ROW_METADATA + (long) SLACK * elementBytes;
    }

    private void check(Quantizer quantizer, GuardedMemory.Side side, float[]... rows) throws CodeRefusedException {
        final int k = rows[0].length;
        final int bytes = quantizer.elementBytes();
        try (Arena arena = Arena.ofConfined()) {
            final MemorySegment from = guarded.allocate(4L * k * rows.length, side, arena);
            for (int i = 0; i < rows.length; i++) {
                MemorySegment.copy(rows[i], 0, from, ValueLayout.JAVA_FLOAT_UNALIGNED, 4L * k * i, k);
            }
            final MemorySegment to = guarded.allocate(stride(k, bytes) * rows.length, side, arena);
            quantizer.code().function().call(arguments(arena, rows.length, k, bytes), from, from, to);
            for (int i = 0; i < rows.length; i++) {
                assertRow(Int8Reference.quantize(rows[i]), rows[i], to.asSlice(i * stride(k, bytes)), bytes);
            }
        }
    }

    private static void assertRow(Int8Reference.Row expected, float[] row, MemorySegment actual, int bytes) {
        final long metadata = values(row.length, bytes);
        assertEquals(expected.zeroPoint(), actual.get(ValueLayout.JAVA_INT_UNALIGNED, metadata) - OFFSET, "zero point");
        assertEquals(
                Float.floatToIntBits(expected.inverseScale()),
                Float.floatToIntBits(actual.get(ValueLayout.JAVA_FLOAT_UNALIGNED, metadata + 4)),
                "inverse scale");
        for (int p = 0; p < row.length; p++) {
            final int value = bytes == 1
                    ? actual.get(ValueLayout.JAVA_BYTE, p) & 0xff
                    : actual.get(ValueLayout.JAVA_SHORT_UNALIGNED, 2L * p);
            if (expected.values()[p] != value - OFFSET) {
                final int at = p;
                assertEquals(expected.values()[p], value - OFFSET, () -> row[at] + " at " + at);
            }
        }
    }

    /**
     * 2^8 scale classes, one for each exponent that a range can have, times 2^8 values: for each class the middle of each
     * of the 256 steps, the tie after it, and both neighbours of that tie.
     */
    @ParameterizedTest
    @MethodSource("quantizers")
    void everyStepAndTieOfEveryScaleClass(Quantizer quantizer) throws CodeRefusedException {
        for (int exponent = 0; exponent < 255; exponent++) {
            for (final int mantissa : new int[] {0, 0x2aaaab, 0x7fffff}) {
                final float top = Float.intBitsToFloat(exponent << 23 | mantissa);
                final float[][] rows = {steps(0f, top), steps(-top / 3, top), steps(-top, top), steps(-top, 0f)};
                check(quantizer, GuardedMemory.Side.AFTER, rows);
            }
        }
    }

    /** A row from {@code low} to {@code high}: the middles of the steps between them, the ties, and the ties' neighbours. */
    private static float[] steps(float low, float high) {
        final double step = ((double) high - low) / 255;
        final float[] row = new float[2 + 4 * 256];
        row[0] = low;
        row[1] = high;
        for (int i = 0; i < 256; i++) {
            final double at = Math.rint(low / step) * step + i * step;
            final float tie = (float) (at + step / 2);
            row[2 + 4 * i] = Math.clamp((float) at, low, high);
            row[3 + 4 * i] = Math.clamp(tie, low, high);
            row[4 + 4 * i] = Math.clamp(Math.nextUp(tie), low, high);
            row[5 + 4 * i] = Math.clamp(Math.nextDown(tie), low, high);
        }
        return row;
    }

    /** Every length around a vector, of values as awkward as floats can be, several rows at once. */
    @ParameterizedTest
    @MethodSource("quantizers")
    void awkwardRowsOfEveryLength(Quantizer quantizer) throws CodeRefusedException {
        for (int k = 0; k < 150; k++) {
            for (final GuardedMemory.Side side : GuardedMemory.Side.values()) {
                for (final Samples samples : Samples.values()) {
                    check(quantizer, side, samples.take(k, k), samples.take(k, k + 1000L), samples.take(k, k + 2000L));
                }
            }
        }
    }

    /** Every number of rows up to two groups and a part of one, in which any one row may be awkward. */
    @ParameterizedTest
    @MethodSource("quantizers")
    void oneAwkwardRowOfAnyNumber(Quantizer quantizer) throws CodeRefusedException {
        for (int rows = 1; rows <= 10; rows++) {
            for (int awkward = 0; awkward < rows; awkward++) {
                for (final Samples samples : Samples.values()) {
                    check(quantizer, GuardedMemory.Side.AFTER, withOneRowOf(samples, awkward, rows));
                }
            }
        }
    }

    private static float[][] withOneRowOf(Samples samples, int awkward, int rows) {
        final float[][] all = new float[rows][];
        for (int row = 0; row < rows; row++) {
            all[row] = (row == awkward ? samples : Samples.ORDINARY).take(70, row);
        }
        return all;
    }
}
