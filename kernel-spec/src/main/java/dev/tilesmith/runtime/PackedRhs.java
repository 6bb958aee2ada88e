package dev.tilesmith.runtime;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;

/**
 * Weights re-laid for one family of kernels, by {@link MatMulKernel#packRhs(Weights, PackOptions)} or {@link
 * MatMulKernel#mapRhs(Path, Arena)}: panels of nr columns, each with all of K and then its metadata. A kernel takes none that
 * are anybody else's.
 *
 * <p>Immutable, and shared freely between threads and between kernels of the same layout.
 */
public interface PackedRhs {
    /** Number of output channels. */
    int n();

    /** Length of the sums. */
    int k();

    /** Values along K that share a scale; k where weights have no blocks. */
    int blockLength();

    /** The family that they were packed for; others that lay weights out alike read them too. */
    Family family();

    /** The panels. */
    MemorySegment data();

    /**
     * Writes these weights to a file, for {@link MatMulKernel#mapRhs(Path, Arena)} to map: in this process or in others,
     * which then share the memory. A file of that name is replaced at once, when the new one is whole; whoever has mapped
     * the old one keeps it. What a file's panels look like depends on the family, and so on the CPU: the file is for
     * machines that choose the same one, in the byte order of this machine.
     *
     * <p>A symbolic link is followed, as writing a file does: what it names is replaced, or made, and the link stays.
     *
     * @throws IOException if the file cannot be written, or {@code path} is there and no regular file; what was there is left
     *     as it was, and nothing else then
     * @throws IllegalArgumentException if these weights' arena is closed, or another thread's
     */
    void save(Path path) throws IOException;
}
