package dev.tilesmith.kernel.packed;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tilesmith.kernel.layout.PanelFamily;
import dev.tilesmith.kernel.layout.PanelLayout;
import dev.tilesmith.kernel.layout.ResultFormat;
import dev.tilesmith.kernel.layout.WeightsFormat;
import dev.tilesmith.runtime.FileCheck;
import dev.tilesmith.runtime.PackedFileException;
import dev.tilesmith.spec.Format;
import dev.tilesmith.spec.Target;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Files of packed weights: what is saved is mapped, and nothing else is. Panels hold any bytes here. */
final class PackedFileTest {
    private static final PanelLayout F32 = new PanelLayout(Format.F32, 4, 1, true);
    private static final PanelLayout BLOCKS = new PanelLayout(Format.QSI4C32, 4, 2, false, Format.BF16);
    private static final int HEADER = 128;

    @TempDir
    private Path folder;

    private Path file;

    /** Saving waits for storage: what is changed many times is saved once. */
    private final Map<PanelLayout, byte[]> files = new HashMap<>();

    @BeforeEach
    void nameFile() {
        file = folder.resolve("weights");
    }

    private static PanelFamily family(PanelLayout layout) {
        return new PanelFamily(layout.dst(), Format.F32, layout, Target.SCALAR, List.of(1));
    }

    private static PackedPanels packed(PanelLayout layout, int n, int k, int bl) {
        final byte[] data = new byte[(int) layout.bytes(n, k, bl)];
        new SplittableRandom(n + 31L * k).nextBytes(data);
        final MemorySegment segment = Arena.ofAuto().allocate(data.length, 64);
        segment.copyFrom(MemorySegment.ofArray(data));
        return new PackedPanels(layout, n, k, bl, segment);
    }

    private static PackedPanels small() {
        return packed(BLOCKS, 5, 64, 32);
    }

    private PackedPanels map(PanelLayout layout) throws IOException {
        return PackedReader.map(file, List.of(family(layout)), Arena.ofAuto(), FileCheck.ALL);
    }

    private static byte[] bytes(PackedPanels packed) {
        return packed.data().toArray(ValueLayout.JAVA_BYTE);
    }

    /** Every value of every component. */
    static Stream<PanelLayout> layouts() {
        return Stream.concat(
                Arrays.stream(WeightsFormat.values()).flatMap(weights -> weights.scales().stream()
                        .flatMap(scales -> Stream.of(
                                new PanelLayout(weights.format(), 32, 4, true, Format.F32, 128, scales),
                                new PanelLayout(weights.format(), 3, 8, false, Format.F32, -1, scales)))),
                Arrays.stream(ResultFormat.values())
                        .map(result -> new PanelLayout(Format.F32, 1, 1, false, result.format(), 0, Format.F32)));
    }

    @ParameterizedTest
    @MethodSource("layouts")
    void whatIsSavedIsMapped(PanelLayout layout) throws IOException {
        final int ofF16 = 32;
        final int ofOthers = 64;
        final int bl = layout.scales() == Format.F16 ? ofF16 : ofOthers;
        final PackedPanels saved = packed(layout, 67, 128, layout.hasBlocks() ? bl : 128);
        saved.save(file);
        final PackedPanels mapped = map(layout);
        assertEquals(
                List.of(saved.layout(), saved.n(), saved.k(), saved.blockLength()),
                List.of(mapped.layout(), mapped.n(), mapped.k(), mapped.blockLength()));
        assertArrayEquals(bytes(saved), bytes(mapped));
    }

    @Test
    void noColumnsAndNoSumsAreWeightsToo() throws IOException {
        for (final int[] shape : new int[][] {{0, 7}, {7, 0}, {0, 0}}) {
            final PackedPanels saved = packed(F32, shape[0], shape[1], shape[1]);
            saved.save(file);
            assertArrayEquals(bytes(saved), bytes(map(F32)));
        }
    }

    /** More than is written at a time, and no multiple of it. */
    @Test
    void manyChunksAreSavedWhole() throws IOException {
        final PackedPanels saved = packed(F32, 1000, 700, 700);
        assertTrue(saved.data().byteSize() > 2 << 20);
        saved.save(file);
        assertArrayEquals(bytes(saved), bytes(map(F32)));
    }

    /** Machine code could not read them. */
    @Test
    void weightsOnTheHeapAreNone() {
        final MemorySegment data = MemorySegment.ofArray(new byte[(int) F32.bytes(5, 3)]);
        for (final MemorySegment given : List.of(data, data.asReadOnly())) {
            assertEquals(
                    "data: a segment over a Java array; expected memory outside the heap, where kernels read weights",
                    assertThrows(IllegalArgumentException.class, () -> new PackedPanels(F32, 5, 3, given))
                            .getMessage());
        }
    }

    @Test
    void mappedWeightsAreAlignedAndReadOnly() throws IOException {
        small().save(file);
        final MemorySegment data = map(BLOCKS).data();
        assertEquals(0, data.address() % 64);
        assertTrue(data.isReadOnly());
    }

    @Test
    void mappedWeightsCanBeSavedInPlaceOfTheirFile() throws IOException {
        final PackedPanels saved = small();
        saved.save(file);
        map(BLOCKS).save(file);
        assertArrayEquals(bytes(saved), bytes(map(BLOCKS)));
    }

    @Test
    void mappedWeightsEndWithTheirArena() throws IOException {
        small().save(file);
        final PackedPanels mapped;
        try (Arena arena = Arena.ofConfined()) {
            mapped = PackedReader.map(file, List.of(family(BLOCKS)), arena, FileCheck.ALL);
        }
        assertThrows(IllegalStateException.class, () -> bytes(mapped));
    }

    /** Files are shared: the system's pages of two maps are the same, and writing a new file changes neither. */
    @Test
    void aFileThatIsReplacedStaysAsItWasForThoseWhoMappedIt() throws IOException {
        final PackedPanels old = small();
        old.save(file);
        final PackedPanels first = map(BLOCKS);
        final PackedPanels second = map(BLOCKS);
        final PackedPanels other = packed(BLOCKS, 9, 32, 32);
        other.save(file);
        assertArrayEquals(bytes(old), bytes(first));
        assertArrayEquals(bytes(old), bytes(second));
        assertArrayEquals(bytes(other), bytes(map(BLOCKS)));
    }

    private String refusal(PanelLayout layout, FileCheck check) {
        final String message = assertThrows(
                        PackedFileException.class,
                        () -> PackedReader.map(file, List.of(family(layout)), Arena.ofAuto(), check))
                .getMessage();
        assertTrue(message.startsWith(file + ": "), message);
        return message.substring((file + ": ").length());
    }

    @Test
    void everyFlippedBitIsRefused() throws IOException {
        small().save(file);
        final byte[] bytes = Files.readAllBytes(file);
        for (int bit = 0; bit < 8 * bytes.length; bit++) {
            bytes[bit / 8] ^= (byte) (1 << bit % 8);
            Files.write(file, bytes);
            refusal(BLOCKS, FileCheck.ALL);
            bytes[bit / 8] ^= (byte) (1 << bit % 8);
        }
        Files.write(file, bytes);
        map(BLOCKS);
    }

    /** A byte may become any other: each place of the header, and places of the weights. */
    @Test
    void everyOtherByteIsRefused() throws IOException {
        small().save(file);
        final byte[] bytes = Files.readAllBytes(file);
        for (final int at : new int[] {0, 8, 9, 12, 16, 40, 48, 56, 60, 64, 72, 80, 84, 123, 124, 127, 128}) {
            for (int other = 1; other < 256; other++) {
                bytes[at] ^= (byte) other;
                Files.write(file, bytes);
                refusal(BLOCKS, FileCheck.ALL);
                bytes[at] ^= (byte) other;
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void everyOtherLengthIsRefused(FileCheck check) throws IOException {
        small().save(file);
        final byte[] bytes = Files.readAllBytes(file);
        for (int length = 0; length < bytes.length; length++) {
            Files.write(file, Arrays.copyOf(bytes, length));
            final String why = refusal(BLOCKS, check);
            assertTrue(why.startsWith(length < 8 ? "no file of packed weights" : "cut off: " + length), why);
        }
        for (final int longer : new int[] {1, 64, 4096}) {
            Files.write(file, Arrays.copyOf(bytes, bytes.length + longer));
            assertTrue(refusal(BLOCKS, check).startsWith("too long"));
        }
    }

    /** What is asked for: no look at the weights. */
    @Test
    void withoutTheCheckDamagedWeightsAreMapped() throws IOException {
        final PackedPanels saved = small();
        saved.save(file);
        final byte[] bytes = Files.readAllBytes(file);
        bytes[HEADER] ^= 1;
        Files.write(file, bytes);
        assertTrue(refusal(BLOCKS, FileCheck.ALL).startsWith("damaged: the weights' CRC-32C"));
        final PackedPanels mapped = PackedReader.map(file, List.of(family(BLOCKS)), Arena.ofAuto(), FileCheck.HEADER);
        assertArrayEquals(Arrays.copyOfRange(bytes, HEADER, bytes.length), bytes(mapped));
    }

    /** Every two layouts that differ are told apart, and told of. */
    @Test
    void weightsOfAnotherLayoutAreRefused() throws IOException {
        final List<PanelLayout> all = List.of(
                F32,
                new PanelLayout(Format.F32, 8, 1, true),
                new PanelLayout(Format.F32, 4, 2, true),
                new PanelLayout(Format.F32, 4, 1, false),
                new PanelLayout(Format.QSI8CX, 4, 1, true),
                new PanelLayout(Format.QSI8CX, 4, 1, true, Format.QAI8, 0),
                new PanelLayout(Format.QSI8CX, 4, 1, true, Format.QAI8, 128),
                new PanelLayout(Format.QSI8CX, 4, 1, true, Format.I32, 0),
                BLOCKS,
                new PanelLayout(Format.QSI4C32, 4, 2, false, Format.F32));
        for (final PanelLayout saved : all) {
            packed(saved, 3, 32, 32).save(file);
            for (final PanelLayout read : all) {
                if (!saved.equals(read)) {
                    assertEquals(
                            "packed as " + saved + "; this kernel of target SCALAR reads " + read
                                    + ": pack the weights with it, or ask table().kernel(...) for a variant that reads "
                                    + saved,
                            refusal(read, FileCheck.ALL));
                }
            }
        }
    }

    /** A header that somebody made: its checksum is right, what it says is not. */
    private String refusalOf(PanelLayout layout, Consumer<ByteBuffer> change) throws IOException {
        if (!files.containsKey(layout)) {
            packed(layout, 5, 64, layout.hasBlocks() ? 32 : 64).save(file);
            files.put(layout, Files.readAllBytes(file));
        }
        final byte[] bytes = files.get(layout).clone();
        final ByteBuffer header = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        change.accept(header);
        final CRC32C crc = new CRC32C();
        crc.update(bytes, 0, 124);
        header.putInt(124, (int) crc.getValue());
        Files.write(file, bytes);
        return refusal(layout, FileCheck.HEADER);
    }

    @Test
    void sizesAreNotTakenFromAFile() throws IOException {
        final int[] values = {
            Integer.MIN_VALUE, -1, 0, 1, 4, 96, 128, 1 << 30, Integer.MAX_VALUE - 31, Integer.MAX_VALUE
        };
        for (final PanelLayout layout : List.of(F32, BLOCKS)) {
            for (final int n : values) {
                for (final int k : values) {
                    for (final int bl : new int[] {k, 32}) {
                        final String why = refusalOf(
                                layout,
                                header -> header.putInt(56, n).putInt(60, k).putInt(64, bl));
                        assertFalse(why.isBlank());
                    }
                }
            }
        }
    }

    @Test
    void blocksOfAnotherLengthAreRefused() throws IOException {
        for (final int bl : new int[] {Integer.MIN_VALUE, -32, 0, 1, 16, 33, 128, 512, Integer.MAX_VALUE}) {
            refusalOf(BLOCKS, header -> header.putInt(64, bl));
        }
    }

    @Test
    void sumsThatCouldOverflowAreRefused() throws IOException {
        final PanelLayout int8 = new PanelLayout(Format.QSI8CX, 4, 4, true);
        final int k = WeightsFormat.INT8.longest() + 1;
        final String why = refusalOf(int8, header -> header.putInt(60, k).putInt(64, k));
        assertTrue(why.startsWith("k: " + k), why);
    }

    @Test
    void moreBytesThanALongCountsAreRefused() throws IOException {
        final PanelLayout wide = new PanelLayout(Format.F32, 64, 1, true);
        final int k = Integer.MAX_VALUE;
        final String why = refusalOf(
                wide,
                header -> header.putInt(56, Integer.MAX_VALUE).putInt(60, k).putInt(64, k));
        assertTrue(why.contains("more than 2^63 - 2 bytes"), why);
    }

    @Test
    void otherVersionsAreRefused() throws IOException {
        final String newer = refusalOf(F32, header -> header.putInt(8, 2));
        assertEquals(
                "of version 2; this Tilesmith reads version 1: use a newer one, or save the weights again with this"
                        + " one",
                newer);
        assertEquals("of version 0; this Tilesmith reads version 1", refusalOf(F32, header -> header.putInt(8, 0)));
    }

    @Test
    void theOtherByteOrderIsRefused() throws IOException {
        final String why = refusalOf(F32, header -> header.putInt(68, 3 - header.getInt(68)));
        assertTrue(why.startsWith("weights in byte order"), why);
    }

    @Test
    void whatMeansNothingIsRefused() throws IOException {
        refusalOf(F32, header -> header.putInt(12, 64));
        refusalOf(F32, header -> header.putInt(48, 2));
        refusalOf(F32, header -> header.put(90, (byte) 1));
        refusalOf(F32, header -> header.putLong(72, header.getLong(72) + 64));
        refusalOf(F32, header -> header.put(32, (byte) 'g'));
        refusalOf(F32, header -> header.put(16, (byte) 'F'));
        refusalOf(F32, header -> header.put(32, "qai8dx\0\0".getBytes(StandardCharsets.US_ASCII)));
    }

    @Test
    void filesOfOtherKindsAreRefused() throws IOException {
        Files.writeString(
                file, "GGUF and then some more, so that a header's length of bytes is there: " + "x".repeat(99));
        assertTrue(refusal(F32, FileCheck.ALL)
                .startsWith("no file of packed weights: it begins with the bytes 4747554620616e64;"));
    }

    @Test
    void aFileThatIsNotThereIsSaidSoByTheJdk() {
        assertThrows(NoSuchFileException.class, () -> map(F32));
    }

    /** The header's bytes stay where they are: files outlive the program that wrote them. */
    @Test
    void theHeaderLiesAsItsDocumentationSays() throws IOException {
        final PackedPanels saved = packed(new PanelLayout(Format.QSI8CX, 16, 4, true, Format.QAI8, 128), 33, 70, 70);
        saved.save(file);
        final ByteBuffer header = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
        final byte[] text = new byte[40];
        header.get(0, text);
        final String order = ByteOrder.nativeOrder().equals(ByteOrder.LITTLE_ENDIAN) ? "1" : "2";
        assertEquals(
                "TSPACKED|\1\0\0\0|\200\0\0\0|qsi8cx\0\0|qai8\0\0\0\0|f32\0\0\0\0\0".replace("|", ""),
                new String(text, StandardCharsets.ISO_8859_1));
        assertEquals(
                "16 4 1 128 33 70 70 " + order,
                Stream.iterate(40, at -> at + 4)
                        .limit(8)
                        .map(at -> Integer.toString(header.getInt(at)))
                        .collect(Collectors.joining(" ")));
        assertEquals(saved.data().byteSize(), header.getLong(72));
        final CRC32C crc = new CRC32C();
        crc.update(bytes(saved));
        assertEquals((int) crc.getValue(), header.getInt(80));
    }

    @Test
    void anArenaThatIsClosedOrAnotherThreadsMapsNothing() throws Exception {
        small().save(file);
        final Arena closed = Arena.ofShared();
        closed.close();
        assertEquals("arena: closed; expected one that is open", refusal(closed));
        try (Arena own = Arena.ofConfined();
                ExecutorService other = Executors.newSingleThreadExecutor()) {
            assertEquals(
                    "arena: confined to another thread than the calling one; expected one of this thread, or a shared"
                            + " or automatic one",
                    other.submit(() -> refusal(own)).get());
        }
    }

    private String refusal(Arena arena) {
        return String.valueOf(assertThrows(
                        IllegalArgumentException.class,
                        () -> PackedReader.map(file, List.of(family(BLOCKS)), arena, FileCheck.ALL))
                .getMessage());
    }
}
