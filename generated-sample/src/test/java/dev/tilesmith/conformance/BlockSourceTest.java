package dev.tilesmith.conformance;

import dev.tilesmith.kernel.layout.PanelFamily;
import dev.tilesmith.reference.Int4Reference;
import dev.tilesmith.reference.Int4Reference.Scales;
import dev.tilesmith.runtime.BlockLayout;
import dev.tilesmith.runtime.MatMulKernel;
import dev.tilesmith.runtime.Matrix;
import dev.tilesmith.runtime.PackedRhs;
import dev.tilesmith.runtime.Weights;
import dev.tilesmith.spec.Format;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Products with ggml's blocks, packed where they lie: the same bits as with the same values and scales given apart. */
final class BlockSourceTest {
    private static final int M = 3;
    private static final int N = 41;
    private static final int K = 1120;
    private static final int OFFSET = 96;
    private static final ValueLayout.OfShort SHORT =
            ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    static Stream<MatMulKernel> families() {
        return Stream.of(Int4BlockKernelKernels.table(), Int4BareKernelKernels.table())
                .flatMap(Families::of);
    }

    @ParameterizedTest
    @MethodSource("families")
    void multipliesBlocksAsTheirValues(MatMulKernel kernel) {
        final byte[] nibbles = new byte[N * K / 2];
        final float[] scales = new float[N * K / 32];
        try (Arena arena = Arena.ofShared();
                ExecutorService pool = Executors.newFixedThreadPool(2)) {
            final MemorySegment file = arena.allocate(OFFSET + N * BlockLayout.Q4_0.rowBytes(K));
            fill(file, nibbles, scales);
            final Weights apart = Weights.nByK(Matrix.of(nibbles, N, K / 2), new Weights.Nibbles(K, 8))
                    .withBlockScales(BlockLayout.LENGTH, scales);
            final Weights blocks = Weights.ofBlocks(BlockLayout.Q4_0, file.asReadOnly(), OFFSET, N, K);
            final PackedRhs packed = kernel.packRhs(blocks, arena, pool, 3);
            Assertions.assertEquals(-1, kernel.packRhs(apart).data().mismatch(packed.data()), kernel::toString);
            final float[] lhs = Samples.ORDINARY.take(M * K, 1);
            final float[] actual = new float[M * N];
            kernel.run(M, lhs, packed, actual);
            final float[] expected = Int4Reference.multiplyBlocks(
                    Matrix.of(lhs, M, K),
                    apart,
                    PanelFamily.of(kernel.family()).layout().scales() == Format.BF16 ? Scales.BF16 : Scales.F32,
                    Float.NEGATIVE_INFINITY,
                    Float.POSITIVE_INFINITY);
            Bits.assertEqual(expected, actual, N, kernel.toString());
        }
    }

    /** Values that go round, and scales that BF16 and binary16 both have. */
    private static void fill(MemorySegment file, byte[] nibbles, float[] scales) {
        for (int block = 0; block < scales.length; block++) {
            final long at = OFFSET + (long) block * BlockLayout.Q4_0.bytes();
            scales[block] = (block % 251 - 125) * 0x1p-8f;
            file.set(SHORT, at, Float.floatToFloat16(scales[block]));
            for (int i = 0; i < BlockLayout.LENGTH; i++) {
                final int bits = (block * 7 + i * 3 + i / 5) & 15;
                final long to = at + BlockLayout.Q4_0.valuesAt() + i % 16;
                final int before = file.get(ValueLayout.JAVA_BYTE, to);
                file.set(ValueLayout.JAVA_BYTE, to, (byte) (before | (bits << (i / 16 * 4))));
                nibbles[block * 16 + i / 2] |= (byte) (bits << (i % 2 * 4));
            }
        }
    }
}
