package dev.tilesmith.code;

import java.lang.foreign.MemorySegment;

/** The memory of this system. */
public final class SystemCodeMemory implements CodeMemory {
    /** Memory that is linked when code is placed. */
    public SystemCodeMemory() {}

    @Override
    public MemorySegment place(byte[] code) throws CodeRefusedException {
        final LinuxCalls calls = LinuxCalls.link();
        final InstructionCache cache = InstructionCaches.of(System.getProperty("os.arch", ""), calls);
        return new LinuxCodeMemory(calls, cache).place(code);
    }
}
