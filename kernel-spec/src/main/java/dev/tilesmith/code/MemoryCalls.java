package dev.tilesmith.code;

import java.lang.foreign.MemorySegment;
import java.util.function.Consumer;

/** What memory asks of a system: so that refusals can be tested where none happens. */
interface MemoryCalls {
    /** Fresh pages that can be read and written. */
    MemorySegment mapAnonymous(long size) throws CodeRefusedException;

    /** Pages of a file. */
    MemorySegment mapFile(int file, long size, int protection) throws CodeRefusedException;

    /** Makes pages executable and no longer writable; returns errno, 0 for success. */
    int makeExecutable(MemorySegment pages) throws CodeRefusedException;

    /** Asks for huge pages; where there are none, nothing changes. */
    void useHugePages(MemorySegment pages) throws CodeRefusedException;

    /** A file that has no name; {@code mprotectError} is why one is needed. */
    int anonymousFile(long size, int mprotectError) throws CodeRefusedException;

    void unmap(MemorySegment pages) throws CodeRefusedException;

    /**
     * Unmaps pages, for arenas to do at their end. It is made of the JDK's classes alone, for the cleaner of an automatic
     * arena holds it: one of our own would keep its class loader, all that the loader's classes hold, and so the very pages.
     */
    Consumer<MemorySegment> unmapping();

    void close(int file) throws CodeRefusedException;
}
