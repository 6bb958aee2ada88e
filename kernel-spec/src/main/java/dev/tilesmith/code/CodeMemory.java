package dev.tilesmith.code;

import java.lang.foreign.MemorySegment;

/** Where machine code is placed. */
public interface CodeMemory {
    /**
     * Places code on fresh pages that are never writable and executable at once, and never written again.
     *
     * @param code the instructions, independent of their address
     * @return the executable copy, which lives as long as the JVM
     * @throws CodeRefusedException if the system does not allow it
     */
    MemorySegment place(byte[] code) throws CodeRefusedException;

    /** The memory of this system. */
    static CodeMemory ofSystem() {
        return LinuxCodeMemory.onThisSystem();
    }
}
