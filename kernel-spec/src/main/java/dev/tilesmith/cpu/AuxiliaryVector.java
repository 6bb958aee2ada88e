package dev.tilesmith.cpu;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** The auxiliary vector as Linux shows it in a file: pairs of 64-bit words, type and value. */
final class AuxiliaryVector {
    static final String PATH = "/proc/self/auxv";

    private final byte[] pairs;

    AuxiliaryVector(byte[] pairs) {
        this.pairs = pairs.clone();
    }

    /** The value of an entry, 0 where there is none. */
    long value(long type) {
        final ByteBuffer words = ByteBuffer.wrap(pairs).order(ByteOrder.nativeOrder());
        while (words.remaining() >= 2 * Long.BYTES) {
            final long key = words.getLong();
            final long value = words.getLong();
            if (key == type) {
                return value;
            }
        }
        return 0;
    }
}
