package dev.tilesmith.code;

import java.lang.foreign.MemorySegment;
import java.util.Optional;

/** Where machine code is placed. */
public interface CodeMemory {
    /**
     * Places code on fresh pages that are never writable and executable at once, and never written again.
     *
     * @param code the instructions, independent of their address
     * @return the executable copy, which lives as long as the segment is reachable
     * @throws CodeRefusedException if the system does not allow it
     */
    MemorySegment place(byte[] code) throws CodeRefusedException;

    /** Whether there is memory for code on this system, for processes that are not confined. */
    static boolean isOnThisSystem() {
        return LinuxCalls.isLinux(System.getProperty("os.name", ""));
    }

    /** Why {@code memory} places no code at all; nothing if it does. */
    static Optional<String> refusal(CodeMemory memory) {
        try {
            memory.place(new byte[] {0});
            return Optional.empty();
        } catch (CodeRefusedException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }
}
