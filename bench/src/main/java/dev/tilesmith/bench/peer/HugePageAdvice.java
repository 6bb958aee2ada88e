package dev.tilesmith.bench.peer;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;

/**
 * Asks Linux for huge pages where a library has allocated memory and not written it yet, so that it has what our own
 * weights lie in.
 */
final class HugePageAdvice {
    private static final int HUGE_PAGES = 14; // MADV_HUGEPAGE
    private static final long PAGE = 4096;

    private HugePageAdvice() {}

    /** A wish: it may be refused, and nothing is wrong then. */
    static void giveFor(MemorySegment memory) {
        final long first = -Math.floorDiv(-memory.address(), PAGE) * PAGE;
        final long bytes = memory.address() + memory.byteSize() - first;
        if (bytes < PAGE) {
            return;
        }
        try {
            final int _ = (int) NativeLibrary.function(
                            Linker.nativeLinker().defaultLookup(),
                            "madvise",
                            FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT))
                    .invokeExact(MemorySegment.ofAddress(first), bytes, HUGE_PAGES);
        } catch (Throwable e) {
            throw NativeLibrary.failed("madvise", e);
        }
    }
}
