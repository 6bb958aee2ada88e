package dev.tilesmith.code;

import java.lang.foreign.MemorySegment;

/** Makes code that was just written visible to instruction fetch. */
@FunctionalInterface
interface InstructionCache {
    /**
     * Flushes the lines of {@code code}.
     *
     * @param code the code where it is executed
     */
    void flush(MemorySegment code) throws CodeRefusedException;
}
