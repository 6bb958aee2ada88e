package dev.tilesmith.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.tilesmith.code.CodeRefusedException;
import dev.tilesmith.cpu.Architecture;
import dev.tilesmith.cpu.Host;
import dev.tilesmith.kernel.argument.QuantizerArguments;
import dev.tilesmith.kernel.drive.PlacedCode;
import dev.tilesmith.reference.Int8Reference;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The quantizers of x86 that write blocks, byte for byte against the reference, on guarded memory. */
@EnabledIf("dev.tilesmith.conformance.CalleeSavedTest#onX86")
final class Int4QuantizerTest {
    /** Bytes beyond a row's metadata that may be written. */
    private static final int SLACK = 64;

    private static final int GROUP = 32;

    private final GuardedMemory guarded = new GuardedMemory();

    static Stream<PlacedCode> quantizers() {
        return GeneratedCode.QUANTIZER.ofAll(Int4BlockKernelKernels.table());
    }

    @Test
    void thisCpuHasOne() {
        assertFalse(Host.current().cpu().architecture() == Architecture.X86_64
                && quantizers().findAny().isEmpty());
    }

    static MemorySegment arguments(Arena arena, int rows, int k, int bl) {
        final MemorySegment arguments = arena.allocate(QuantizerArguments.FACTOR + 8, 64);
        arguments.set(ValueLayout.JAVA_LONG, QuantizerArguments.ROWS, rows);
        arguments.set(ValueLayout.JAVA_LONG, QuantizerArguments.K, k);
        arguments.set(ValueLayout.JAVA_LONG, QuantizerArguments.SOURCE_STRIDE, 4L * k);
        arguments.set(ValueLayout.JAVA_LONG, QuantizerArguments.STRIDE, stride(k, bl));
        arguments.set(ValueLayout.JAVA_LONG, QuantizerArguments.VALUES, values(k, bl));
        arguments.set(ValueLayout.JAVA_LONG, QuantizerArguments.BLOCK, bl);
        arguments.set(ValueLayout.JAVA_INT, QuantizerArguments.FACTOR, factor(bl));
        return arguments;
    }

    /** That of weights of four bits, and one that weights of two bits may have. */
    private static int factor(int bl) {
        return bl % 2 == 0 ? -8 : 127;
    }

    private static long values(int k, int bl) {
        final int blocks = bl == 0 ? 1 : (k + bl - 1) / bl;
        return (k + GROUP - 1L) / GROUP * GROUP + 4L * blocks;
    }

    private static long stride(int k, int bl) {
        return values(k, bl) + QuantizerArguments.ROW_METADATA + SLACK;
    }

    private void check(PlacedCode quantizer, GuardedMemory.Side side, int bl, float[]... rows)
            throws CodeRefusedException {
        final int k = rows[0].length;
        try (Arena arena = Arena.ofConfined()) {
            final MemorySegment from = guarded.allocate(4L * k * rows.length, side, arena);
            for (int i = 0; i < rows.length; i++) {
                MemorySegment.copy(rows[i], 0, from, ValueLayout.JAVA_FLOAT_UNALIGNED, 4L * k * i, k);
            }
            final MemorySegment to = guarded.allocate(stride(k, bl) * rows.length, side, arena);
            quantizer.function().call(arguments(arena, rows.length, k, bl), from, from, to);
            for (int i = 0; i < rows.length; i++) {
                assertRow(Int8Reference.quantize(rows[i]), to.asSlice(i * stride(k, bl)), bl);
            }
        }
    }

    private static void assertRow(Int8Reference.Row expected, MemorySegment actual, int bl) {
        final int k = expected.values().length;
        final long metadata = values(k, bl);
        assertEquals(expected.zeroPoint(), actual.get(ValueLayout.JAVA_INT_UNALIGNED, metadata), "zero point");
        assertEquals(
                Float.floatToIntBits(expected.inverseScale()),
                Float.floatToIntBits(actual.get(ValueLayout.JAVA_FLOAT_UNALIGNED, metadata + 4)),
                "inverse scale");
        for (int first = 0; first < k; first += bl) {
            final long at = first + 4L * (first / bl);
            int sum = 0;
            for (int p = first; p < Math.min(k, first + bl); p++) {
                sum += expected.values()[p];
                final int place = p;
                assertEquals(
                        expected.values()[p],
                        actual.get(ValueLayout.JAVA_BYTE, at + 4 + p - first),
                        () -> "value " + place + " of " + k + " in blocks of " + bl);
            }
            assertEquals(
                    factor(bl) * sum,
                    actual.get(ValueLayout.JAVA_INT_UNALIGNED, at),
                    "beginning of the block at " + first);
        }
    }

    /** Rows of one block, of every length around a vector and a chunk. */
    @ParameterizedTest
    @MethodSource("quantizers")
    void rowsOfOneBlock(PlacedCode quantizer) throws CodeRefusedException {
        for (int k = 1; k < 150; k++) {
            for (final GuardedMemory.Side side : GuardedMemory.Side.values()) {
                for (final Samples samples : Samples.values()) {
                    check(quantizer, side, k, samples.take(k, k), samples.take(k, k + 1000L));
                }
            }
        }
    }

    /** Rows of blocks of every length, more rows than the code takes at once. */
    @ParameterizedTest
    @MethodSource("quantizers")
    void rowsOfBlocks(PlacedCode quantizer) throws CodeRefusedException {
        for (final int bl : new int[] {32, 64, 128, 256}) {
            for (int blocks = 1; blocks < 6; blocks++) {
                for (final GuardedMemory.Side side : GuardedMemory.Side.values()) {
                    for (final Samples samples : Samples.values()) {
                        final int k = bl * blocks;
                        final float[][] rows = new float[7][];
                        for (int i = 0; i < rows.length; i++) {
                            rows[i] = samples.take(k, k + 1000L * i);
                        }
                        check(quantizer, side, bl, rows);
                    }
                }
            }
        }
    }
}
