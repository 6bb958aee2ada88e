package dev.tilesmith.code;

import java.lang.foreign.MemorySegment;

/** The memory of this system. */
public final class SystemCodeMemory implements CodeMemory {
    /** Memory whose calls are linked when code is first placed. */
    public SystemCodeMemory() {}

    @Override
    public MemorySegment place(byte[] code) throws CodeRefusedException {
        final LinuxCalls calls = LinuxCalls.ofSystem();
        final InstructionCache cache = InstructionCaches.of(System.getProperty("os.arch", ""), calls);
        return new LinuxCodeMemory(calls, cache).place(code);
    }
}
