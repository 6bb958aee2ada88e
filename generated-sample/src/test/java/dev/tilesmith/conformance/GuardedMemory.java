package dev.tilesmith.conformance;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/**
 * Memory between two pages that cannot be touched: a read or write one byte outside it ends the JVM. Data lie against
 * the page after them, or against the one before.
 */
public final class GuardedMemory {
    private static final long PAGE = 1 << 16; // a multiple of any page size that Linux has
    private static final int PROT_READ_WRITE = 3;
    private static final int MAP_PRIVATE_ANONYMOUS = 0x22;
    private static final int MAP_NORESERVE = 0x4000;

    private final MethodHandle mmap;
    private final MethodHandle mprotect;
    private final MethodHandle munmap;

    /** Which of its neighbours data lie against. */
    public enum Side {
        BEFORE,
        AFTER
    }

    /** By calls of the system. */
    public GuardedMemory() {
        mmap = handle(
                "mmap", FunctionDescriptor.of(ADDRESS, ADDRESS, JAVA_LONG, JAVA_INT, JAVA_INT, JAVA_INT, JAVA_LONG));
        mprotect = handle("mprotect", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT));
        munmap = handle("munmap", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_LONG));
    }

    @SuppressWarnings("restricted") // guard pages are to be had no other way
    private static MethodHandle handle(String name, FunctionDescriptor descriptor) {
        final Linker linker = Linker.nativeLinker();
        return linker.downcallHandle(linker.defaultLookup().findOrThrow(name), descriptor);
    }

    /** Memory of {@code bytes} bytes that is unmapped with {@code arena}. */
    @SuppressWarnings("restricted")
    public MemorySegment allocate(long bytes, Side side, Arena arena) {
        final long inner = Math.max(PAGE, (bytes + PAGE - 1) / PAGE * PAGE);
        try {
            final MemorySegment all = ((MemorySegment) mmap.invokeExact(
                            MemorySegment.NULL, inner + 2 * PAGE, PROT_READ_WRITE, MAP_PRIVATE_ANONYMOUS, -1, 0L))
                    .reinterpret(inner + 2 * PAGE, arena, this::unmap);
            protect(all.asSlice(0, PAGE));
            protect(all.asSlice(PAGE + inner, PAGE));
            return all.asSlice(side == Side.BEFORE ? PAGE : PAGE + inner - bytes, bytes);
        } catch (Throwable e) {
            throw new IllegalStateException("no guarded memory of " + bytes + " bytes", e);
        }
    }

    /** Zeros, as many as may be: what is not touched costs nothing. They are unmapped with {@code arena}. */
    @SuppressWarnings("restricted")
    public MemorySegment reserve(long bytes, Arena arena) {
        final long size = Math.max(PAGE, (bytes + PAGE - 1) / PAGE * PAGE);
        try {
            final MemorySegment all = (MemorySegment) mmap.invokeExact(
                    MemorySegment.NULL, size, PROT_READ_WRITE, MAP_PRIVATE_ANONYMOUS | MAP_NORESERVE, -1, 0L);
            if (all.address() == -1) {
                throw new IllegalStateException("mmap failed");
            }
            return all.reinterpret(size, arena, this::unmap).asSlice(0, bytes);
        } catch (Throwable e) {
            throw new IllegalStateException("no " + bytes + " bytes to reserve", e);
        }
    }

    private void protect(MemorySegment page) throws Throwable {
        if ((int) mprotect.invokeExact(page, page.byteSize(), 0) != 0) {
            throw new IllegalStateException("mprotect failed");
        }
    }

    private void unmap(MemorySegment all) {
        try {
            final int _ = (int) munmap.invokeExact(all, all.byteSize());
        } catch (Throwable e) {
            throw new IllegalStateException("munmap failed", e);
        }
    }
}
