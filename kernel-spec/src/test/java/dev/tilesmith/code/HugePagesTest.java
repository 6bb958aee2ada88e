package dev.tilesmith.code;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Huge pages are mapped whole, advised of, and given back to the last byte. */
@EnabledOnOs(OS.LINUX)
final class HugePagesTest {
    private static final long BASE = 64L << 10;

    /** The smallest page that Linux has: a mapping may begin at any. */
    private static final long SMALLEST_PAGE = 4L << 10;

    /** The system's calls, some of which fail; keeps account of bytes. */
    private static final class Counting implements MemoryCalls {
        private final MemoryCalls system;
        private final boolean maps;
        long mapped;
        long advised;

        Counting(boolean maps) throws CodeRefusedException {
            this.system = LinuxCalls.link();
            this.maps = maps;
        }

        @Override
        public MemorySegment mapAnonymous(long size) throws CodeRefusedException {
            if (!maps) {
                throw new CodeRefusedException("mmap failed with errno 12");
            }
            mapped += size;
            return system.mapAnonymous(size);
        }

        @Override
        public void useHugePages(MemorySegment pages) throws CodeRefusedException {
            assertEquals(0, pages.address() % HugePages.SIZE, "pages are huge from the first");
            advised += pages.byteSize();
            system.useHugePages(pages);
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
        final Counting calls = new Counting(true);
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
        final Counting calls = new Counting(true);
        final Arena closed = Arena.ofShared();
        closed.close();
        assertThrows(IllegalStateException.class, () -> new HugePages(calls).map(HugePages.SIZE, closed));
        assertEquals(0, calls.mapped);
    }

    @Test
    void aRefusalIsNoFault() throws CodeRefusedException {
        assertEquals(Optional.empty(), new HugePages(new Counting(false)).map(HugePages.SIZE, Arena.ofAuto()));
    }

    @Test
    void theSystemHasThem() {
        assertTrue(HugePages.ofSystem()
                .orElseThrow()
                .map(HugePages.SIZE, Arena.ofAuto())
                .isPresent());
    }
}
