package dev.tilesmith.code;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Code is placed, or refused with the reason and nothing left behind, whatever a system refuses. */
@EnabledOnOs(OS.LINUX)
final class LinuxCodeMemoryTest {
    private static final int EACCES = 13;
    private static final byte[] CODE = {(byte) 0xc3, 1, 2, 3};

    /** The system's calls, some of which fail; keeps account of what is mapped and open. */
    private static final class Refusing implements MemoryCalls {
        private final MemoryCalls system;
        private final boolean files;
        private final boolean executableFiles;
        final Set<Long> mapped = ConcurrentHashMap.newKeySet(); // cleaners unmap too
        final Set<Integer> open = new HashSet<>();
        int clears;

        /** Refuses to make pages executable; and files too, or to execute them, unless told to grant them. */
        Refusing(boolean files, boolean executableFiles) throws CodeRefusedException {
            this.system = LinuxCalls.link();
            this.files = files;
            this.executableFiles = executableFiles;
        }

        @Override
        public MemorySegment mapAnonymous(long size) throws CodeRefusedException {
            return noted(system.mapAnonymous(size));
        }

        @Override
        public MemorySegment mapFile(int file, long size, int protection) throws CodeRefusedException {
            assertTrue(
                    (protection & LinuxCalls.PROT_WRITE) == 0 || (protection & LinuxCalls.PROT_EXEC) == 0,
                    "writable and executable at once");
            if (!executableFiles && (protection & LinuxCalls.PROT_EXEC) != 0) {
                throw new CodeRefusedException("mmap failed with errno " + EACCES);
            }
            return noted(system.mapFile(file, size, protection));
        }

        private MemorySegment noted(MemorySegment pages) {
            mapped.add(pages.address());
            return pages;
        }

        @Override
        public int makeExecutable(MemorySegment pages) {
            return EACCES;
        }

        @Override
        public void useHugePages(MemorySegment pages) {
            throw new AssertionError("code is not placed in huge pages");
        }

        @Override
        public int anonymousFile(long size, int mprotectError) throws CodeRefusedException {
            if (!files) {
                throw new CodeRefusedException(
                        "mprotect failed with errno " + mprotectError + ", and memfd_create too");
            }
            final int file = system.anonymousFile(size, mprotectError);
            open.add(file);
            return file;
        }

        @Override
        public void unmap(MemorySegment pages) throws CodeRefusedException {
            assertTrue(mapped.remove(pages.address()), "unmaps what is mapped");
            system.unmap(pages);
        }

        @Override
        public Consumer<MemorySegment> unmapping() {
            return pages -> {
                mapped.remove(pages.address());
                system.unmapping().accept(pages);
            };
        }

        @Override
        public void close(int file) throws CodeRefusedException {
            assertTrue(open.remove(file), "closes what is open");
            system.close(file);
        }
    }

    @Test
    void theSystemPlacesCode() throws CodeRefusedException {
        final MemorySegment placed = new SystemCodeMemory().place(CODE);
        assertArrayEquals(CODE, placed.toArray(ValueLayout.JAVA_BYTE));
        assertTrue(placed.isReadOnly());
    }

    @Test
    void aFileMappedTwiceServesWhereMprotectIsRefused() throws CodeRefusedException {
        final Refusing calls = new Refusing(true, true);
        final MemorySegment placed = memory(calls).place(CODE);
        assertEquals(Set.of(placed.address()), calls.mapped, "one mapping is left");
        assertArrayEquals(CODE, placed.toArray(ValueLayout.JAVA_BYTE));
        assertTrue(placed.isReadOnly());
        assertEquals(Set.of(), calls.open, "the file is closed");
        assertEquals(1, calls.clears);
    }

    /** Code that nobody has is given back to the system. */
    @Test
    void whatNobodyHasIsUnmapped() throws Exception {
        final Refusing calls = new Refusing(true, true);
        for (int i = 0; i < 10; i++) {
            memory(calls).place(CODE);
        }
        final MemorySegment kept = memory(calls).place(CODE);
        final long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (calls.mapped.size() > 1 && System.nanoTime() < end) {
            System.gc();
            Thread.sleep(10);
        }
        assertEquals(Set.of(kept.address()), calls.mapped);
        assertArrayEquals(CODE, kept.toArray(ValueLayout.JAVA_BYTE));
    }

    @Test
    void refusedIsSaidWithTheReasonAndNothingIsLeft() throws CodeRefusedException {
        for (final boolean files : new boolean[] {false, true}) {
            final Refusing calls = new Refusing(files, false);
            final CodeRefusedException refused =
                    assertThrows(CodeRefusedException.class, () -> memory(calls).place(CODE));
            assertTrue(String.valueOf(refused.getMessage()).contains("errno " + EACCES), refused.getMessage());
            assertEquals(Set.of(), calls.mapped);
            assertEquals(Set.of(), calls.open);
        }
    }

    @Test
    void aRefusalIsKnownBeforeCodeIsPlaced() throws CodeRefusedException {
        assertTrue(CodeMemory.refusal(memory(new Refusing(false, false)))
                .orElseThrow()
                .contains("memfd_create"));
        assertFalse(CodeMemory.refusal(memory(new Refusing(true, true))).isPresent());
    }

    @Test
    void anotherSystemIsRefusedByItsName() {
        final CodeRefusedException refused =
                assertThrows(CodeRefusedException.class, () -> LinuxCalls.link("Windows 11"));
        assertEquals("machine code is supported on Linux; this is Windows 11", refused.getMessage());
    }

    private static LinuxCodeMemory memory(Refusing calls) {
        return new LinuxCodeMemory(calls, _ -> calls.clears++);
    }
}
