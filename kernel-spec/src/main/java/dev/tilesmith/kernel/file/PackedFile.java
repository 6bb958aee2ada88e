package dev.tilesmith.kernel.file;

import dev.tilesmith.kernel.file.PackedHeader.BadHeaderException;
import dev.tilesmith.kernel.memory.Access;
import dev.tilesmith.runtime.Family;
import dev.tilesmith.runtime.FileCheck;
import dev.tilesmith.runtime.PackedFileException;
import dev.tilesmith.runtime.PackedRhs;
import dev.tilesmith.size.Sizes;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;
import java.util.zip.CRC32C;

/** Packed weights in a file: a {@link PackedHeader}, then the panels as they lie in memory, and nothing else. */
public final class PackedFile {
    /** Written, or summed, at a time; a part of it is still in a cache when the other is done. */
    private static final long CHUNK = 1 << 20;

    /** Links that are followed from one to the next, as Linux does. */
    private static final int MOST_LINKS = 40;

    private PackedFile() {}

    /**
     * Writes a file, to appear under its name when it is whole: it is written beside it under another name, forced to
     * storage, and moved. The name is that which a symbolic link leads to.
     */
    public static void save(PackedRhs packed, Path path) throws IOException {
        Access.check("weights", packed.data(), 1);
        final Path file = linked(path);
        if (Files.exists(file) && !Files.isRegularFile(file)) { // moving would put a file in the place of a device
            throw new FileSystemException(path.toString(), null, "no regular file; expected one, or nothing");
        }
        // Not a temporary file of the JDK's: only its owner could read that.
        final Path beside = file.resolveSibling("." + UUID.randomUUID() + ".tmp");
        try {
            write(packed, beside);
            Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IllegalStateException e) {
            throw Access.explain(e, packed);
        } finally {
            Files.deleteIfExists(beside);
        }
    }

    /** What a path leads to, whether that is there or not. */
    private static Path linked(Path path) throws IOException {
        Path file = path;
        for (int links = 0; Files.isSymbolicLink(file); links++) {
            if (links == MOST_LINKS) {
                throw new FileSystemLoopException(path.toString());
            }
            file = file.resolveSibling(Files.readSymbolicLink(file));
        }
        return file;
    }

    private static void write(PackedRhs packed, Path path) throws IOException {
        final MemorySegment data = packed.data();
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            final CRC32C crc = new CRC32C();
            channel.position(PackedHeader.BYTES);
            for (long at = 0; at < data.byteSize(); at += CHUNK) {
                final ByteBuffer chunk = chunk(data, at);
                crc.update(chunk.duplicate());
                while (chunk.hasRemaining()) {
                    channel.write(chunk);
                }
            }
            final ByteBuffer header = new PackedHeader(
                            packed.layout(), packed.n(), packed.k(), packed.blockLength(), data.byteSize(), (int)
                                    crc.getValue())
                    .toBytes();
            while (header.hasRemaining()) {
                channel.write(header, header.position());
            }
            channel.force(true);
        }
    }

    /**
     * Maps a file, for reading, into memory that lives as long as {@code arena}.
     *
     * @throws PackedFileException if the file does not hold weights that {@code family} reads
     * @throws IllegalArgumentException if the arena is closed or another thread's
     */
    public static PackedRhs map(Path path, Family family, Arena arena, FileCheck check) throws IOException {
        Access.checkOpen(arena);
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            final PackedHeader header = header(channel, path);
            checkFamily(header, family, path);
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
            return new PackedRhs(header.layout(), header.n(), header.k(), header.blockLength(), data);
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
        if (!PackedFile.class.getModule().isNativeAccessEnabled()) {
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

    private static void checkFamily(PackedHeader header, Family family, Path path) throws PackedFileException {
        if (!header.layout().equals(family.layout())) {
            throw new PackedFileException(
                    path,
                    "packed as " + header.layout() + "; this kernel of target " + family.target() + " reads "
                            + family.layout()
                            + ": pack the weights with it, or ask table().kernel(...) for a variant that reads "
                            + header.layout());
        }
    }

    private static long dataBytes(PackedHeader header, Path path) throws PackedFileException {
        final long bytes;
        try {
            bytes = PackedRhs.bytes(header.layout(), header.n(), header.k(), header.blockLength());
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
        for (long at = 0; at < data.byteSize(); at += CHUNK) {
            crc.update(chunk(data, at));
        }
        if ((int) crc.getValue() != header.dataChecksum()) {
            throw new PackedFileException(
                    path,
                    "damaged: the weights' CRC-32C is %08x; the header says %08x"
                            .formatted((int) crc.getValue(), header.dataChecksum()));
        }
    }

    private static ByteBuffer chunk(MemorySegment data, long at) {
        return data.asSlice(at, Math.min(CHUNK, data.byteSize() - at)).asByteBuffer();
    }
}
