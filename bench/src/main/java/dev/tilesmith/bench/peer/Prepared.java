package dev.tilesmith.bench.peer;

import java.lang.foreign.MemorySegment;

/** Work that is ready to be repeated. What {@link #run} does is what is timed. */
public interface Prepared extends AutoCloseable {
    /** Multiplies once. */
    void run();

    /** Where the result is after {@link #run}: m × n floats. */
    MemorySegment result();

    /** Which of the implementation's ways was taken. */
    String variant();

    @Override
    default void close() {}
}
