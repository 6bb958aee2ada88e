package dev.tilesmith.kernel.packing;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tilesmith.kernel.layout.PanelLayout;
import dev.tilesmith.kernel.packed.PackedPanels;
import dev.tilesmith.runtime.BlockLayout;
import dev.tilesmith.runtime.Matrix;
import dev.tilesmith.runtime.Weights;
import dev.tilesmith.spec.Format;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** ggml's blocks, byte by byte, and as they are found in a file. */
final class BlockLayoutTest {
    /** 0.5, then bytes whose low bits go up and whose high bits go down. */
    private static final String Q4_0 = "0038" + "f0e1d2c3b4a5968778695a4b3c2d1e0f";

    /** 0.25 and -1.5, then the same. */
    private static final String Q4_1 = "0034" + "00be" + "f0e1d2c3b4a5968778695a4b3c2d1e0f";

    /** 2^-3, then -128, 127, -1, 0 and so on up to 28. */
    private static final String Q8_0 = "0030" + "807fff00" + "0102030405060708090a0b0c0d0e0f101112131415161718191a1b1c";

    /** Worked out by hand from ggml's definition: (low bits - 8) / 2 for 16 values, then (high bits - 8) / 2. */
    @Test
    void valuesOfQ4ZeroAreWhatGgmlSays() {
        assertArrayEquals(
                new float[] {
                    -4f, -3.5f, -3f, -2.5f, -2f, -1.5f, -1f, -0.5f, 0f, 0.5f, 1f, 1.5f, 2f, 2.5f, 3f, 3.5f, //
                    3.5f, 3f, 2.5f, 2f, 1.5f, 1f, 0.5f, 0f, -0.5f, -1f, -1.5f, -2f, -2.5f, -3f, -3.5f, -4f
                },
                values(BlockLayout.Q4_0, Q4_0));
    }

    /** By hand: low bits / 4 - 1.5, then high bits / 4 - 1.5. */
    @Test
    void valuesOfQ4OneAreWhatGgmlSays() {
        assertArrayEquals(
                new float[] {
                    -1.5f, -1.25f, -1f, -0.75f, -0.5f, -0.25f, 0f, 0.25f, 0.5f, 0.75f, 1f, 1.25f, 1.5f, 1.75f, 2f,
                    2.25f, 2.25f, 2f, 1.75f, 1.5f, 1.25f, 1f, 0.75f, 0.5f, 0.25f, 0f, -0.25f, -0.5f, -0.75f, -1f,
                    -1.25f, -1.5f
                },
                values(BlockLayout.Q4_1, Q4_1));
    }

    /** By hand: the bytes / 8. */
    @Test
    void valuesOfQ8ZeroAreWhatGgmlSays() {
        assertArrayEquals(
                new float[] {
                    -16f, 15.875f, -0.125f, 0f, 0.125f, 0.25f, 0.375f, 0.5f, 0.625f, 0.75f, 0.875f, 1f, 1.125f, 1.25f,
                    1.375f, 1.5f, 1.625f, 1.75f, 1.875f, 2f, 2.125f, 2.25f, 2.375f, 2.5f, 2.625f, 2.75f, 2.875f, 3f,
                    3.125f, 3.25f, 3.375f, 3.5f
                },
                values(BlockLayout.Q8_0, Q8_0));
    }

    private static float[] values(BlockLayout layout, String hex) {
        final MemorySegment block = MemorySegment.ofArray(HexFormat.of().parseHex(hex));
        assertEquals(layout.bytes(), block.byteSize());
        final float[] values = new float[BlockLayout.LENGTH];
        for (int i = 0; i < values.length; i++) {
            values[i] = layout.scale(block, 0) * layout.value(block, 0, i) + layout.min(block, 0);
        }
        return values;
    }

    /**
     * A file as GGUF's specification has it: a header, a key, two tensors, the second of them Q4_0, each at a multiple of
     * 32 bytes. Its panel of one column and kr = 1 is worked out by hand from the block above.
     */
    @Test
    void packsATensorOfAMappedFileWhereItLies(@TempDir Path folder) throws IOException {
        final Path file = folder.resolve("model.gguf");
        final int tensorAt = writeGguf(file);
        final PanelLayout layout = new PanelLayout(Format.QSI4C32, 1, 1, true, Format.F32);
        try (FileChannel channel = FileChannel.open(file);
                Arena arena = Arena.ofConfined()) {
            final MemorySegment mapped = channel.map(MapMode.READ_ONLY, 0, channel.size(), arena);
            final Weights weights = Weights.ofBlocks(BlockLayout.Q4_0, mapped, tensorAt, 2, 64);
            final PackedPanels packed = RhsPacker.pack(weights, layout, new Packing(Arena.ofAuto(), Runnable::run, 1));
            // a block's values two by two, its scale; the next block; Σ scale * w; no bias; then up to 64 bytes
            final String up = "1032547698badcfe";
            final String down = "efcdab8967452301";
            final String half = "0000003f";
            final String first = up + down + half + up + down + half + "000080c1" + "00000080";
            final String zeros = "88".repeat(16) + "00000000";
            final String second = up + down + half + zeros + "000000c1" + "00000080";
            final ByteBuffer panels = packed.data().asByteBuffer();
            assertEquals(first, hex(panels, 0, 48));
            assertEquals(second, hex(panels, 64, 48));
        }
    }

    private static String hex(ByteBuffer panels, int at, int count) {
        final byte[] bytes = new byte[count];
        panels.get(at, bytes);
        return HexFormat.of().formatHex(bytes);
    }

    /** Writes two channels of 64 values, and returns where they begin. */
    private static int writeGguf(Path file) throws IOException {
        final ByteBuffer to = ByteBuffer.allocate(1024).order(ByteOrder.LITTLE_ENDIAN);
        to.put("GGUF".getBytes(StandardCharsets.US_ASCII)).putInt(3).putLong(2).putLong(1);
        putText(to, "general.alignment");
        to.putInt(4).putInt(32);
        putText(to, "output_norm.weight"); // f32, one dimension of three
        to.putInt(1).putLong(3).putInt(0).putLong(0);
        putText(to, "output.weight"); // Q4_0: 64 values for each of two channels
        to.putInt(2).putLong(64).putLong(2).putInt(2).putLong(32);
        to.position(Math.ceilDiv(to.position(), 32) * 32);
        to.putFloat(1f).putFloat(2f).putFloat(3f);
        to.position(Math.ceilDiv(to.position(), 32) * 32);
        final int tensorAt = to.position();
        final byte[] block = HexFormat.of().parseHex(Q4_0);
        final byte[] zeros = HexFormat.of().parseHex("0000" + "88".repeat(16));
        to.put(block).put(block).put(block).put(zeros);
        try (OutputStream out = Files.newOutputStream(file)) {
            out.write(to.array(), 0, to.position());
        }
        return tensorAt;
    }

    private static void putText(ByteBuffer to, String text) {
        to.putLong(text.length()).put(text.getBytes(StandardCharsets.US_ASCII));
    }

    static Stream<Arguments> refused() {
        final MemorySegment memory = Arena.ofAuto().allocate(100);
        final Matrix bytes = Matrix.ofBytes(memory, 2, 36);
        final Weights weights = Weights.nByK(bytes, BlockLayout.Q4_0);
        return Stream.of(
                refusal(() -> Weights.ofBlocks(BlockLayout.Q4_0, memory, 0, 1, 33), "k: 33; expected a multiple of 32"),
                refusal(() -> Weights.ofBlocks(BlockLayout.Q4_0, memory, 0, 1, -32), "k: -32; expected a multiple"),
                refusal(() -> Weights.ofBlocks(BlockLayout.Q4_0, memory, 0, -1, 32), "n: -1; expected 0 or more"),
                refusal(() -> Weights.ofBlocks(BlockLayout.Q4_0, memory, 101, 1, 32), "offset: 101; expected 0 to 100"),
                refusal(() -> Weights.ofBlocks(BlockLayout.Q4_0, memory, -1, 1, 32), "offset: -1; expected 0 to 100"),
                refusal(
                        () -> Weights.ofBlocks(BlockLayout.Q4_1, memory, 21, 4, 32),
                        "data: 79 bytes from offset 21; 4 x 32 in blocks of Q4_1 take 80"),
                refusal(
                        () -> Weights.ofBlocks(BlockLayout.Q8_0, memory, 0, Integer.MAX_VALUE, 1 << 30),
                        "data: 100 bytes from offset 0; 2147483647 x 1073741824 in blocks of Q8_0 take"),
                refusal(
                        () -> Weights.nByK(Matrix.of(new byte[35], 1, 35), BlockLayout.Q8_0),
                        "values: rows of 35 bytes; expected a multiple of 34"),
                refusal(
                        () -> Weights.nByK(Matrix.of(new float[34], 1, 34), BlockLayout.Q8_0),
                        "weights: 1 x 34 in a float[]; "),
                refusal(() -> weights.withScales(1f, 2f), "scales: 2 values; weights in blocks of Q4_0 hold a scale"),
                refusal(() -> weights.inBlocksOf(64), "blockLength: 64; weights in blocks of Q4_0 hold a scale"));
    }

    private static Arguments refusal(Runnable made, String why) {
        return Arguments.of(made, why);
    }

    @ParameterizedTest
    @MethodSource("refused")
    void saysWhatIsWrong(Runnable made, String why) {
        final String message =
                assertThrows(IllegalArgumentException.class, made::run).getMessage();
        assertTrue(message.startsWith(why), message);
    }

    @Test
    void knowsItsShape() {
        final MemorySegment memory = Arena.ofAuto().allocate(3 * 2 * 34);
        final Weights weights = Weights.ofBlocks(BlockLayout.Q8_0, memory, 0, 3, 64);
        assertEquals(3, weights.n());
        assertEquals(64, weights.k());
        assertEquals(32, weights.blockLength());
    }
}
