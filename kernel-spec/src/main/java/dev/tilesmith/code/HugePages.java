package dev.tilesmith.code;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Optional;

/**
 * Memory in pages of 2 MiB, of which a CPU can keep many more at hand than of 4 KiB: Linux's transparent huge pages, asked
 * for by {@code madvise}. Where the system has none to give, or has them switched off, the pages are small ones.
 */
public final class HugePages {
    /** Bytes of a huge page, on x86-64 and on aarch64 with base pages of 4 KiB. */
    public static final long SIZE = 2L << 20;

    /** A multiple of every base page that Linux has on these architectures. */
    private static final long BASE = 64L << 10;

    /** Bytes that can be rounded up to base pages, with a huge page beside them. */
    private static final long LARGEST = Long.MAX_VALUE - SIZE - BASE;

    private final MemoryCalls calls;

    /** Maps memory by {@code calls}. */
    HugePages(MemoryCalls calls) {
        this.calls = calls;
    }

    /** Huge pages of this system: nothing where it is not Linux, or where native access is denied. */
    public static Optional<HugePages> ofSystem() {
        return OfSystem.PAGES;
    }

    /**
     * Maps zeros that are unmapped with {@code arena}, from a multiple of {@link #SIZE} on.
     *
     * @param bytes at least 1
     * @return the memory, or nothing where the system maps none
     * @throws IllegalStateException if the arena was closed
     * @throws WrongThreadException if the arena is another thread's
     */
    public Optional<MemorySegment> map(long bytes, Arena arena) {
        if (bytes > LARGEST) {
            return Optional.empty();
        }
        final long size = Math.ceilDiv(bytes, BASE) * BASE;
        try {
            final MemorySegment mapped = calls.mapAnonymous(size + SIZE);
            final long before = Math.floorMod(-mapped.address(), SIZE);
            final MemorySegment pages = leave(mapped, mapped.asSlice(before, size), arena);
            unmap(mapped.asSlice(0, before));
            unmap(mapped.asSlice(before + size));
            return Optional.of(pages.asSlice(0, bytes));
        } catch (CodeRefusedException _) {
            return Optional.empty();
        }
    }

    /**
     * Leaves {@code pages} to an arena. Where that fails, as with one that was closed or is another thread's, all that
     * was {@code mapped} is given back.
     */
    @SuppressWarnings("restricted")
    private MemorySegment leave(MemorySegment mapped, MemorySegment pages, Arena arena) throws CodeRefusedException {
        try {
            calls.useHugePages(pages);
            return pages.reinterpret(arena, calls.unmapping());
        } catch (CodeRefusedException | RuntimeException | Error e) {
            unmap(mapped);
            throw e;
        }
    }

    private void unmap(MemorySegment pages) {
        if (pages.byteSize() == 0) {
            return;
        }
        try {
            calls.unmap(pages);
        } catch (CodeRefusedException e) {
            throw new IllegalStateException("pages could not be given back", e);
        }
    }

    /** Linked when it is first asked for, and once. */
    private static final class OfSystem {
        static final Optional<HugePages> PAGES = link();

        private OfSystem() {}

        private static Optional<HugePages> link() {
            try {
                return Optional.of(new HugePages(LinuxCalls.ofSystem()));
            } catch (CodeRefusedException _) {
                return Optional.empty();
            }
        }
    }
}
