package dev.tilesmith.kernel.packed;

import dev.tilesmith.kernel.memory.Access;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;
import java.util.zip.CRC32C;

/** Writes files of packed weights, which {@link PackedReader} maps. */
final class PackedWriter {
    /** Links that are followed from one to the next, as Linux does. */
    private static final int MOST_LINKS = 40;

    private PackedWriter() {}

    /**
     * Writes a file, to appear under its name when it is whole: it is written beside it under another name, forced to
     * storage, and moved. The name is that which a symbolic link leads to.
     *
     * @param header what it begins with, but for the checksum of the panels
     * @param data the panels
     */
    static void save(PackedHeader header, MemorySegment data, Path path) throws IOException {
        Access.check("weights", data, 1);
        final Path file = linked(path);
        if (Files.exists(file) && !Files.isRegularFile(file)) { // moving would put a file in the place of a device
            throw new FileSystemException(path.toString(), null, "no regular file; expected one, or nothing");
        }
        // Not a temporary file of the JDK's: only its owner could read that.
        final Path beside = file.resolveSibling("." + UUID.randomUUID() + ".tmp");
        try {
            write(header, data, beside);
            Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IllegalStateException e) {
            throw Access.explain(e, data);
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

    private static void write(PackedHeader header, MemorySegment data, Path path) throws IOException {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            final CRC32C crc = new CRC32C();
            channel.position(PackedHeader.BYTES);
            for (long at = 0; at < data.byteSize(); at += Chunk.BYTES) {
                final ByteBuffer chunk = Chunk.at(data, at);
                crc.update(chunk.duplicate());
                while (chunk.hasRemaining()) {
                    channel.write(chunk);
                }
            }
            final ByteBuffer start = header.withChecksum((int) crc.getValue()).toBytes();
            while (start.hasRemaining()) {
                channel.write(start, start.position());
            }
            channel.force(true);
        }
    }
}
