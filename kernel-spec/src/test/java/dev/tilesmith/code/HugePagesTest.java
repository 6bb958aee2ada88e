package dev.tilesmith.code;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Huge pages are mapped whole, advised of, and given back to the last byte. */
@EnabledOnOs(OS.LINUX)
final class HugePagesTest {
    private static final long BASE = 64L << 10;

    /** The smallest page that Linux has: a mapping may begin at any. */
    private static final long SMALLEST_PAGE = 4L << 10;

    /** The call that fails. */
    enum Failing {
        NONE,
        MMAP,
        MADVISE
    }

    /** The system's calls, one of which may fail; keeps account of bytes. */
    private static final class Counting implements MemoryCalls {
        private final MemoryCalls system;
        private final Failing failing;
        long mapped;
        long advised;

        Counting(Failing failing) throws CodeRefusedException {
            this.system = LinuxCalls.link();
            this.failing = failing;
        }

        @Override
        public MemorySegment mapAnonymous(long size) throws CodeRefusedException {
            if (failing == Failing.MMAP) {
                throw new CodeRefusedException("mmap failed with errno 12");
            }
            final MemorySegment pages = system.mapAnonymous(size);
            mapped += size;
            return pages;
        }

        @Override
        public void useHugePages(MemorySegment pages) throws CodeRefusedException {
            assertEquals(0, pages.address() % HugePages.SIZE, "pages are huge from the first");
            if (failing == Failing.MADVISE) {
                throw new CodeRefusedException("madvise could not be called");
            }
            advised += pages.byteSize();
            system.useHugePages(pages);
        }

        @Override
        public Consumer<MemorySegment> unmapping() {
            return pages -> {
                mapped -= pages.byteSize();
                system.unmapping().accept(pages);
            };
        }

        @Override
        public void unmap(MemorySegment pages) throws CodeRefusedException {
            assertEquals(0, pages.address() % SMALLEST_PAGE, "from a page on");
            assertEquals(0, pages.byteSize() % SMALLEST_PAGE, "whole pages");
            mapped -= pages.byteSize();
            system.unmap(pages);
        }

        @Override
        public MemorySegment mapFile(int file, long size, int protection) {
            throw new AssertionError("no file is mapped");
        }

        @Override
        public int makeExecutable(MemorySegment pages) {
            throw new AssertionError("nothing is executed");
        }

        @Override
        public int anonymousFile(long size, int mprotectError) {
            throw new AssertionError("no file is made");
        }

        @Override
        public void close(int file) {
            throw new AssertionError("no file is open");
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, BASE, BASE + 1, HugePages.SIZE - 1, HugePages.SIZE, 3 * HugePages.SIZE + 12_345})
    void mapsAsMuchAsIsAskedForAndGivesAllOfItBack(long bytes) throws CodeRefusedException {
        final Counting calls = new Counting(Failing.NONE);
        try (Arena arena = Arena.ofConfined()) {
            final MemorySegment memory = new HugePages(calls).map(bytes, arena).orElseThrow();
            assertEquals(bytes, memory.byteSize());
            assertEquals(0, memory.address() % HugePages.SIZE);
            assertEquals(Math.ceilDiv(bytes, BASE) * BASE, calls.mapped);
            assertEquals(calls.mapped, calls.advised);
            assertEquals(-1, memory.mismatch(arena.allocate(bytes)), "all zero");
            memory.fill((byte) 1);
        }
        assertEquals(0, calls.mapped, "after the arena was closed");
    }

    @Test
    void aClosedArenaIsRefusedAndNothingIsLeft() throws CodeRefusedException {
        final Counting calls = new Counting(Failing.NONE);
        final Arena closed = Arena.ofShared();
        closed.close();
        assertThrows(IllegalStateException.class, () -> new HugePages(calls).map(HugePages.SIZE, closed));
        assertEquals(0, calls.mapped);
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
    void aRefusalIsNoFaultAndNothingIsLeft(Failing failing) throws CodeRefusedException {
        final Counting calls = new Counting(failing);
        assertEquals(Optional.empty(), new HugePages(calls).map(HugePages.SIZE, Arena.ofAuto()));
        assertEquals(0, calls.mapped);
    }

    /** The last of them can be rounded up to whole pages, and a huge page be added: it is the system that has none. */
    @ParameterizedTest
    @ValueSource(
            longs = {
                Long.MAX_VALUE,
                Long.MAX_VALUE - BASE,
                Long.MAX_VALUE - HugePages.SIZE,
                Long.MAX_VALUE - HugePages.SIZE - BASE,
                Long.MAX_VALUE / 2
            })
    void nothingIsMappedOfASizeThatNoSystemHas(long bytes) throws CodeRefusedException {
        final Counting calls = new Counting(Failing.NONE);
        assertEquals(Optional.empty(), new HugePages(calls).map(bytes, Arena.ofAuto()));
        assertEquals(0, calls.mapped);
    }

    @Test
    void callsAreLinkedOnce() {
        assertSame(HugePages.ofSystem().orElseThrow(), HugePages.ofSystem().orElseThrow());
    }

    @Test
    void theSystemHasThem() {
        assertTrue(HugePages.ofSystem()
                .orElseThrow()
                .map(HugePages.SIZE, Arena.ofAuto())
                .isPresent());
    }
}
