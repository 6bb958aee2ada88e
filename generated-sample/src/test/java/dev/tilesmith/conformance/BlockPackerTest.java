package dev.tilesmith.conformance;

import dev.tilesmith.conformance.GuardedMemory.Side;
import dev.tilesmith.kernel.layout.PanelFamily;
import dev.tilesmith.kernel.layout.PanelLayout;
import dev.tilesmith.runtime.BlockLayout;
import dev.tilesmith.runtime.MatMulKernel;
import dev.tilesmith.runtime.Matrix;
import dev.tilesmith.runtime.Weights;
import dev.tilesmith.spec.Format;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Panels of ggml's blocks, which machine code packs if the family has any: the same bytes as of values and
 * scales given apart, which Java packs.
 */
final class BlockPackerTest {
    private static final int[] CHANNELS = {1, 31, 32, 33, 64, 100};
    private static final int[] BLOCKS = {1, 2, 5, 33};
    private static final int[] CHANNELS_AT_FAULT = {0, 17, 40, 69};
    private static final short INFINITY = 0x7c00;
    private static final short[] NOT_FINITE = {INFINITY, (short) 0xfc00, 0x7e00, 0x7c01};
    private static final short FINE = 0x3555; // more digits than BF16 has
    private static final ValueLayout.OfShort SHORT =
            ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private final GuardedMemory guarded = new GuardedMemory();

    static Stream<MatMulKernel> families() {
        return Stream.of(
                        Int4BlockKernelKernels.table(),
                        Int4BareKernelKernels.table(),
                        PairedInt4KernelKernels.table(),
                        PairedMinsKernelKernels.table(),
                        PairedInt8KernelKernels.table())
                .flatMap(Families::of);
    }

    @ParameterizedTest
    @MethodSource("families")
    void packsBlocksAsTheirValues(MatMulKernel kernel) {
        for (final int n : CHANNELS) {
            for (final int blocks : BLOCKS) {
                for (final Side side : Side.values()) {
                    assertSamePanels(kernel, n, blocks * BlockLayout.LENGTH, side);
                }
            }
        }
    }

    private void assertSamePanels(MatMulKernel kernel, int n, int k, Side side) {
        final byte[] source = source(kernel, n, k);
        try (Arena arena = Arena.ofConfined()) {
            final MemorySegment file = guarded.allocate(source.length, side, arena);
            file.copyFrom(MemorySegment.ofArray(source));
            final Weights blocks = Weights.ofBlocks(blocks(kernel), file, 0, n, k);
            final MemorySegment expected = kernel.packRhs(withBias(kernel, apart(blocks(kernel), blocks)), arena)
                    .data();
            final MemorySegment actual = kernel.packRhs(withBias(kernel, blocks), new DirtyMemory(guarded, arena))
                    .data();
            Assertions.assertEquals(-1, expected.mismatch(actual), () -> kernel + ", n = " + n + ", k = " + k);
        }
    }

    /** The same weights, as {@link BlockLayout} defines them: values, scales and minima each in an array. */
    private static Weights apart(BlockLayout blocks, Weights weights) {
        final Matrix.Segment rows = (Matrix.Segment) weights.values();
        final int n = weights.n();
        final int k = weights.k();
        final byte[] values = new byte[n * k * blocks.bits() / Byte.SIZE];
        final float[] scales = new float[n * k / BlockLayout.LENGTH];
        final float[] mins = new float[scales.length];
        for (int block = 0; block < scales.length; block++) {
            final long at = (long) block * blocks.bytes();
            scales[block] = blocks.scale(rows.data(), at);
            mins[block] = blocks.min(rows.data(), at);
            for (int i = 0; i < BlockLayout.LENGTH; i++) {
                final int bits = blocks.value(rows.data(), at, i) + blocks.zeroPoint();
                final int bit = (block * BlockLayout.LENGTH + i) * blocks.bits();
                values[bit / Byte.SIZE] |= (byte) (bits << (bit % Byte.SIZE));
            }
        }
        final Weights unscaled = blocks.bits() == Byte.SIZE
                ? Weights.nByK(Matrix.of(values, n, k))
                : Weights.nByK(Matrix.of(values, n, k / 2), new Weights.Nibbles(k, blocks.zeroPoint()));
        final Weights scaled = unscaled.withBlockScales(BlockLayout.LENGTH, scales);
        return blocks.hasMin() ? scaled.withBlockMins(mins) : scaled;
    }

    @ParameterizedTest
    @MethodSource("families")
    void refusesScalesThatPanelsDoNotHave(MatMulKernel kernel) {
        final PanelLayout layout = PanelFamily.of(kernel.family()).layout();
        for (final int channel : CHANNELS_AT_FAULT) {
            for (int half = 0; half < blocks(kernel).valuesAt() / Short.BYTES; half++) {
                for (final short bits : NOT_FINITE) {
                    assertRefuses(bits, half, channel, kernel);
                }
                if (layout.scales() == Format.BF16) {
                    assertRefuses(FINE, half, channel, kernel);
                }
            }
        }
    }

    /** With such a scale, or minimum, in a block of a channel. */
    private static void assertRefuses(short bits, int half, int channel, MatMulKernel kernel) {
        final int blocks = 3;
        final int n = 70;
        final int block = channel % blocks;
        final byte[] source = source(kernel, n, blocks * BlockLayout.LENGTH);
        final long at = (channel * blocks + block) * (long) blocks(kernel).bytes();
        MemorySegment.ofArray(source).set(SHORT, at + half * (long) Short.BYTES, bits);
        final String message = Assertions.assertThrows(IllegalArgumentException.class, () -> pack(kernel, source, n))
                .getMessage();
        Assertions.assertTrue(message.contains("block " + block + " of channel " + channel + " "), message);
    }

    private static void pack(MatMulKernel kernel, byte[] source, int n) {
        final BlockLayout blocks = blocks(kernel);
        final int k = source.length / n / blocks.bytes() * BlockLayout.LENGTH;
        try (Arena arena = Arena.ofConfined()) {
            final MemorySegment file = arena.allocate(source.length).copyFrom(MemorySegment.ofArray(source));
            kernel.packRhs(Weights.ofBlocks(blocks, file, 0, n, k), arena);
        }
    }

    private static BlockLayout blocks(MatMulKernel kernel) {
        return switch (PanelFamily.of(kernel.family()).layout().format()) {
            case QAI4C32 -> BlockLayout.Q4_1;
            case QSI8D32 -> BlockLayout.Q8_0;
            default -> BlockLayout.Q4_0;
        };
    }

    private static Weights withBias(MatMulKernel kernel, Weights weights) {
        if (!PanelFamily.of(kernel.family()).layout().bias()) {
            return weights;
        }
        final float[] bias = new float[weights.n()];
        for (int j = 0; j < bias.length; j++) {
            bias[j] = j - 3.5f;
        }
        return weights.withBias(bias);
    }

    /** Any bytes, and scales, and minima, that the panel has: subnormal ones, zeros of both signs. */
    private static byte[] source(MatMulKernel kernel, int n, int k) {
        final BlockLayout blocks = blocks(kernel);
        final SplittableRandom random = new SplittableRandom(n * 31L + k);
        final byte[] source = new byte[Math.toIntExact(n * blocks.rowBytes(k))];
        random.nextBytes(source);
        final MemorySegment memory = MemorySegment.ofArray(source);
        for (long at = 0; at < source.length; at += blocks.bytes()) {
            for (int half = 0; half < blocks.valuesAt(); half += Short.BYTES) {
                memory.set(
                        SHORT,
                        at + half,
                        scale(PanelFamily.of(kernel.family()).layout().scales(), random.nextInt()));
            }
        }
        return source;
    }

    private static short scale(Format format, int bits) {
        return switch (format) {
            case BF16 -> (short) ((bits & 0x8000) | ((bits & 0x7fff) % INFINITY & ~7));
            default -> (short) ((bits & 0x8000) | ((bits & 0x7fff) % INFINITY));
        };
    }

    /** Memory that nobody has cleared, against pages that cannot be touched. */
    private record DirtyMemory(GuardedMemory guarded, Arena arena) implements Arena {
        @Override
        public MemorySegment allocate(long byteSize, long byteAlignment) {
            return guarded.allocate(byteSize, Side.AFTER, arena).fill((byte) 0x5a);
        }

        @Override
        public MemorySegment.Scope scope() {
            return arena.scope();
        }

        @Override
        public void close() {
            throw new UnsupportedOperationException("what it gives is freed with another");
        }
    }
}
