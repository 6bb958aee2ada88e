package dev.tilesmith.conformance;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/** Addresses for terabytes, of which only those pages take memory that were written to; all others are zeros. */
final class SparseMemory implements AutoCloseable {
    /** What an operand may span. */
    static final long BYTES = 1L << 44;

    private static final int PROT_READ_WRITE = 3;
    private static final int MAP_PRIVATE_ANONYMOUS_NORESERVE = 0x4022;
    private static final int MADV_DONTNEED = 4;
    private static final int MADV_HUGEPAGE = 14;
    private static final int MADV_NOHUGEPAGE = 15;

    private final MethodHandle madvise;
    private final Arena arena = Arena.ofShared();
    private final MemorySegment all;

    /** For few bytes here and there: a page of 2 MiB for each would be too much memory. */
    static SparseMemory ofSmallPages() {
        return new SparseMemory(MADV_NOHUGEPAGE);
    }

    /** For zeros to be read one after the other: pages of 2 MiB are found in less time. */
    static SparseMemory ofHugePages() {
        return new SparseMemory(MADV_HUGEPAGE);
    }

    private SparseMemory(int pages) {
        final MethodHandle mmap = handle(
                "mmap", FunctionDescriptor.of(ADDRESS, ADDRESS, JAVA_LONG, JAVA_INT, JAVA_INT, JAVA_INT, JAVA_LONG));
        final MethodHandle munmap = handle("munmap", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_LONG));
        madvise = handle("madvise", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT));
        all = map(mmap, munmap, arena);
        advise(pages);
    }

    @SuppressWarnings("restricted") // so much is to be had no other way
    private static MethodHandle handle(String name, FunctionDescriptor descriptor) {
        final Linker linker = Linker.nativeLinker();
        return linker.downcallHandle(linker.defaultLookup().findOrThrow(name), descriptor);
    }

    @SuppressWarnings("restricted")
    private static MemorySegment map(MethodHandle mmap, MethodHandle munmap, Arena arena) {
        try {
            final MemorySegment mapped = (MemorySegment) mmap.invokeExact(
                    MemorySegment.NULL, BYTES, PROT_READ_WRITE, MAP_PRIVATE_ANONYMOUS_NORESERVE, -1, 0L);
            if (mapped.address() == -1) {
                throw new IllegalStateException("mmap failed");
            }
            return mapped.reinterpret(BYTES, arena, pages -> unmap(munmap, pages));
        } catch (Throwable e) {
            throw new IllegalStateException("no addresses for " + BYTES + " bytes", e);
        }
    }

    private static void unmap(MethodHandle munmap, MemorySegment pages) {
        try {
            final int _ = (int) munmap.invokeExact(pages, BYTES);
        } catch (Throwable e) {
            throw new IllegalStateException("munmap failed", e);
        }
    }

    private void advise(int advice) {
        try {
            if ((int) madvise.invokeExact(all, BYTES, advice) != 0) {
                throw new IllegalStateException("madvise failed");
            }
        } catch (Throwable e) {
            throw new IllegalStateException("madvise failed", e);
        }
    }

    /** All of it. */
    MemorySegment memory() {
        return all;
    }

    /** Gives all pages back: all is zeros again. */
    void forget() {
        advise(MADV_DONTNEED);
    }

    @Override
    public void close() {
        arena.close();
    }
}
