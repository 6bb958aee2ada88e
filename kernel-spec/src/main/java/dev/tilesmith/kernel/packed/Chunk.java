package dev.tilesmith.kernel.packed;

import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;

/** A part of a file's panels: small enough that it is still in a cache when it is written, or read, and then summed. */
final class Chunk {
    /** Bytes of all but the last. */
    static final long BYTES = 1 << 20;

    private Chunk() {}

    /** The chunk from byte {@code at} on. */
    static ByteBuffer at(MemorySegment data, long at) {
        return data.asSlice(at, Math.min(BYTES, data.byteSize() - at)).asByteBuffer();
    }
}
