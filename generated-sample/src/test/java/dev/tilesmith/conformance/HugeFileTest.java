package dev.tilesmith.conformance;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import dev.tilesmith.kernel.layout.PanelFamily;
import dev.tilesmith.runtime.FileCheck;
import dev.tilesmith.runtime.MatMulKernel;
import dev.tilesmith.runtime.Matrix;
import dev.tilesmith.runtime.PackedRhs;
import dev.tilesmith.runtime.RunOptions;
import dev.tilesmith.runtime.Weights;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A file whose header says as many columns as an int counts, of which the last are asked for. */
final class HugeFileTest {
    private static final int N = Integer.MAX_VALUE;
    private static final int HEADER = 128;
    private static final int N_AT = 56;
    private static final int BYTES_AT = 72;
    private static final int CHECKSUM_AT = 124;
    private static final float UNTOUCHED = 7f;

    @TempDir
    private Path folder;

    static Stream<MatMulKernel> kernels() {
        return Stream.of(F32KernelKernels.table(), Int8KernelKernels.table(), Int4ChannelKernelKernels.table())
                .flatMap(Families::of);
    }

    /** Weights of one value along K, all zeros: holes of the file. */
    private Path file(MatMulKernel kernel) throws IOException {
        final Path file = folder.resolve("weights");
        kernel.packRhs(Weights.nByK(Matrix.of(new float[] {0f}, 1, 1))).save(file);
        final ByteBuffer header = ByteBuffer.allocate(HEADER).order(ByteOrder.LITTLE_ENDIAN);
        final long bytes = PanelFamily.of(kernel.family()).layout().bytes(N, 1);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            channel.read(header, 0);
            header.putInt(N_AT, N).putLong(BYTES_AT, bytes);
            final CRC32C crc = new CRC32C();
            crc.update(header.slice(0, CHECKSUM_AT));
            header.putInt(CHECKSUM_AT, (int) crc.getValue());
            channel.truncate(HEADER);
            channel.write(header.rewind(), 0);
            channel.write(ByteBuffer.allocate(1), HEADER + bytes - 1);
        }
        return file;
    }

    @ParameterizedTest
    @MethodSource("kernels")
    void theLastColumnsAreComputedAndNothingElse(MatMulKernel kernel) throws IOException {
        final Path file = file(kernel);
        try (Arena arena = Arena.ofShared();
                SparseMemory dst = SparseMemory.ofSmallPages()) {
            final PackedRhs mapped = kernel.mapRhs(file, arena, FileCheck.HEADER);
            final MemorySegment lhs = arena.allocateFrom(ValueLayout.JAVA_FLOAT, 1f);
            for (final int count : new int[] {1, 5, 31, 64, 100}) {
                final MemorySegment around = dst.memory().asSlice((N - 2L * count) * 4, 3L * count * 4);
                final float[] expected = new float[3 * count];
                Arrays.fill(expected, UNTOUCHED);
                MemorySegment.copy(expected, 0, around, ValueLayout.JAVA_FLOAT_UNALIGNED, 0, 3 * count);
                Arrays.fill(expected, count, 2 * count, 0f);
                kernel.run(
                        Matrix.of(lhs, 1, 1),
                        mapped,
                        Matrix.of(dst.memory(), 1, N),
                        RunOptions.DEFAULT.columns(N - count, count).on(Runnable::run, 2));
                assertArrayEquals(expected, around.toArray(ValueLayout.JAVA_FLOAT_UNALIGNED));
            }
        }
    }
}
