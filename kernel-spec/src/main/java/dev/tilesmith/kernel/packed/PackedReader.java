package dev.tilesmith.kernel.packed;

import dev.tilesmith.kernel.layout.PanelFamily;
import dev.tilesmith.kernel.memory.Access;
import dev.tilesmith.kernel.packed.PackedHeader.BadHeaderException;
import dev.tilesmith.runtime.FileCheck;
import dev.tilesmith.runtime.PackedFileException;
import dev.tilesmith.size.Sizes;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Collectors;
import java.util.zip.CRC32C;

/** Maps files of packed weights: a {@link PackedHeader}, then the panels as they lie in memory, and nothing else. */
public final class PackedReader {
    private PackedReader() {}

    /**
     * Maps a file, for reading, into memory that lives as long as {@code arena}.
     *
     * @param families those that read the packings that are taken, one for each
     * @throws PackedFileException if the file does not hold weights that one of them reads
     * @throws IllegalArgumentException if the arena is closed or another thread's
     */
    public static PackedPanels map(Path path, List<PanelFamily> families, Arena arena, FileCheck check)
            throws IOException {
        Access.checkOpen(arena);
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            final PackedHeader header = header(channel, path);
            final PanelFamily family = family(header, families, path);
            final long bytes = dataBytes(header, path);
            final long all = Sizes.plus(PackedHeader.BYTES, bytes);
            if (channel.size() != all) {
                throw new PackedFileException(
                        path,
                        (channel.size() < all ? "cut off: " : "too long: ") + channel.size()
                                + " bytes; a header and " + header.n() + " x " + header.k() + " in " + header.layout()
                                + " take " + Sizes.show(all));
            }
            final MemorySegment data = data(channel, bytes, arena);
            if (check == FileCheck.ALL) {
                checkData(data, header, path);
            }
            return new PackedPanels(family.layout(), header.n(), header.k(), header.blockLength(), data).of(family);
        } catch (WrongThreadException e) {
            throw Access.explain(e);
        } catch (IllegalStateException e) {
            throw Access.explain(e, arena);
        }
    }

    /**
     * The panels, as a segment of the class that an arena's own memory has. Mapped memory has another, and micro-kernels
     * in Java that have met both are slower with either from then on. Where native access is not enabled, there is no way
     * from one class to the other.
     */
    @SuppressWarnings("restricted")
    private static MemorySegment data(FileChannel channel, long bytes, Arena arena) throws IOException {
        final MemorySegment mapped = channel.map(MapMode.READ_ONLY, 0, PackedHeader.BYTES + bytes, arena)
                .asSlice(PackedHeader.BYTES);
        if (!PackedReader.class.getModule().isNativeAccessEnabled()) {
            return mapped;
        }
        return MemorySegment.ofAddress(mapped.address())
                .reinterpret(bytes, arena, _ -> {})
                .asReadOnly();
    }

    private static PackedHeader header(FileChannel channel, Path path) throws IOException {
        final ByteBuffer bytes = ByteBuffer.allocate(PackedHeader.BYTES);
        while (bytes.hasRemaining() && channel.read(bytes) >= 0) {
            // reads may be short
        }
        try {
            return PackedHeader.of(bytes.flip());
        } catch (BadHeaderException e) {
            throw new PackedFileException(path, e.getMessage());
        }
    }

    private static PanelFamily family(PackedHeader header, List<PanelFamily> families, Path path)
            throws PackedFileException {
        return families.stream()
                .filter(family -> family.layout().equals(header.layout()))
                .findFirst()
                .orElseThrow(() -> new PackedFileException(
                        path,
                        "packed as " + header.layout() + "; this kernel of target "
                                + families.getFirst().target() + " reads "
                                + families.stream()
                                        .map(family -> family.layout().toString())
                                        .collect(Collectors.joining(" or "))
                                + ": pack the weights with it, or ask table().kernel(...) for a variant that reads "
                                + header.layout()));
    }

    private static long dataBytes(PackedHeader header, Path path) throws PackedFileException {
        final long bytes;
        try {
            bytes = PackedPanels.bytes(header.layout(), header.n(), header.k(), header.blockLength());
        } catch (IllegalArgumentException e) {
            throw new PackedFileException(path, e.getMessage());
        }
        if (header.dataBytes() != bytes) {
            throw new PackedFileException(
                    path,
                    header.dataBytes() + " bytes of weights; " + header.n() + " x " + header.k() + " in "
                            + header.layout() + " take " + bytes);
        }
        return bytes;
    }

    private static void checkData(MemorySegment data, PackedHeader header, Path path) throws PackedFileException {
        final CRC32C crc = new CRC32C();
        for (long at = 0; at < data.byteSize(); at += Chunk.BYTES) {
            crc.update(Chunk.at(data, at));
        }
        if ((int) crc.getValue() != header.dataChecksum()) {
            throw new PackedFileException(
                    path,
                    "damaged: the weights' CRC-32C is %08x; the header says %08x"
                            .formatted((int) crc.getValue(), header.dataChecksum()));
        }
    }
}
