package dev.tilesmith.code;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * Executable memory on Linux: an anonymous mapping that is filled and then made executable; where the system refuses
 * that change (SELinux's execmem, say), an anonymous file mapped twice, once to write and once to execute.
 */
final class LinuxCodeMemory implements CodeMemory {
    private final MemoryCalls calls;
    private final InstructionCache instructionCache;

    /** Places code by {@code calls}, and makes it visible by {@code instructionCache}. */
    LinuxCodeMemory(MemoryCalls calls, InstructionCache instructionCache) {
        this.calls = calls;
        this.instructionCache = instructionCache;
    }

    @Override
    public MemorySegment place(byte[] code) throws CodeRefusedException {
        final MemorySegment pages = calls.mapAnonymous(code.length);
        pages.copyFrom(MemorySegment.ofArray(code));
        final int error = calls.makeExecutable(pages);
        if (error == 0) {
            return flushed(pages);
        }
        calls.unmap(pages);
        return placeTwice(code, error);
    }

    /** The way for systems where {@code mprotect} failed with {@code mprotectError}. */
    MemorySegment placeTwice(byte[] code, int mprotectError) throws CodeRefusedException {
        final int file = calls.anonymousFile(code.length, mprotectError);
        try {
            final MemorySegment writable =
                    calls.mapFile(file, code.length, LinuxCalls.PROT_READ | LinuxCalls.PROT_WRITE);
            writable.copyFrom(MemorySegment.ofArray(code));
            calls.unmap(writable);
            return flushed(calls.mapFile(file, code.length, LinuxCalls.PROT_READ | LinuxCalls.PROT_EXEC));
        } finally {
            calls.close(file);
        }
    }

    /**
     * Flushes where code is executed: the caches go by physical addresses, wherever it was written. The pages are unmapped
     * when nobody has them any more, as when the class loader of generated code is collected.
     */
    @SuppressWarnings("restricted") // placing code is what this package is for
    private MemorySegment flushed(MemorySegment pages) throws CodeRefusedException {
        final MemorySegment owned = pages.reinterpret(Arena.ofAuto(), calls.unmapping());
        instructionCache.flush(owned);
        return owned.asReadOnly();
    }
}
