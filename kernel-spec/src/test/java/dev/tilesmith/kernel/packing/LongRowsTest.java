package dev.tilesmith.kernel.packing;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tilesmith.kernel.layout.PanelLayout;
import dev.tilesmith.runtime.BlockLayout;
import dev.tilesmith.runtime.Matrix;
import dev.tilesmith.runtime.PlainWeights;
import dev.tilesmith.runtime.WeightEnds;
import dev.tilesmith.runtime.WeightScales;
import dev.tilesmith.runtime.Weights;
import dev.tilesmith.spec.Format;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The ends of rows that are as long as an int can say are read as those of short ones. */
final class LongRowsTest {
    @TempDir
    private Path folder;

    /** A file of zeros, which takes no space. */
    private MemorySegment sparse(long bytes, Arena arena) throws IOException {
        try (FileChannel channel = FileChannel.open(
                folder.resolve("sparse"),
                StandardOpenOption.CREATE_NEW,
                StandardOpenOption.SPARSE,
                StandardOpenOption.READ,
                StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.allocate(1), bytes - 1);
            return channel.map(MapMode.READ_WRITE, 0, bytes, arena);
        }
    }

    private static int nibble(int p, int column) {
        return (column * 5 + p * 3) & 15;
    }

    /** Two values to a byte: column c begins at bit 4 c of a row. */
    @Test
    void theLastColumnsOfWideNibbles() throws IOException {
        final int n = Integer.MAX_VALUE;
        final int k = 3;
        final long stride = 1L << 30;
        final int columns = 8;
        try (Arena arena = Arena.ofConfined()) {
            final MemorySegment data = sparse(k * stride, arena);
            for (int p = 0; p < k; p++) {
                for (long c = stride - 40; c < stride; c++) {
                    final int both = nibble(p, (int) (2 * c)) | nibble(p, (int) (2 * c + 1)) << 4;
                    data.set(ValueLayout.JAVA_BYTE, p * stride + c, (byte) both);
                }
            }
            final PlainWeights weights = new PlainWeights(
                    Matrix.ofBytes(data, 0, k, (int) stride, stride),
                    new Weights.Nibbles(n, 8),
                    Weights.Orientation.K_BY_N,
                    new WeightScales.OfChannels(1f),
                    WeightEnds.NONE);
            final PanelLayout layout = new PanelLayout(Format.QSI4CX, columns, 2, true);
            final ValueGroups groups = new ValueGroups(ValueGroups.STRETCH * columns);
            final BlockScales scales = new BlockScales(layout, ValueGroups.STRETCH);
            final ValueColumns source = new ValueColumns(weights, layout, k, 0);
            for (int column = n - 30; column <= n - columns; column++) {
                source.begin(column, columns, scales);
                source.read(0, 1, groups, scales);
                for (int j = 0; j < columns; j++) {
                    assertEquals(
                            nibble(0, column + j) | nibble(1, column + j) << 4 | nibble(2, column + j) << 8,
                            groups.quarter(0)[j],
                            "column " + (column + j));
                }
            }
        }
    }

    /** The last piece of a row of Q8_0 has fewer bytes than the others. */
    @Test
    void theLastBlocksOfARow() throws IOException {
        final int bytes = BlockLayout.Q8_0.bytes();
        final int blocks = Integer.MAX_VALUE / bytes;
        final int length = blocks * bytes;
        try (Arena arena = Arena.ofConfined()) {
            final MemorySegment data = sparse(length, arena);
            data.set(ValueLayout.JAVA_LONG_UNALIGNED, length - bytes, 0x123456789abcdefL);
            data.set(ValueLayout.JAVA_BYTE, length - 1, (byte) 77);
            final RowBytes rows = new RowBytes(Matrix.ofBytes(data, 0, 1, length, length), 1, bytes);
            rows.begin();
            rows.fetch(0, 1, blocks - 1);
            assertEquals(0x123456789abcdefL, rows.longAt(rows.place(blocks - 1)));
            assertEquals(77, rows.shortAt(rows.place(blocks - 1) + bytes - 2) >> Byte.SIZE);
        }
    }
}
