package dev.tilesmith.cpu;

import java.io.IOException;

/**
 * Where detection reads from: all that the outside world tells goes through here.
 *
 * <p>Any of its methods may throw: detection then takes the next way. The native calls refuse unless an implementation
 * offers them.
 */
interface SystemSource {
    /** A system property, empty where it is not set. */
    String property(String name);

    /** The processors that this JVM may use. */
    int processors();

    /** All of a text file. */
    String text(String path) throws IOException;

    /** All of a binary file. */
    byte[] bytes(String path) throws IOException;

    /** Linux: an entry of the auxiliary vector, 0 where there is none. */
    default long getauxval(long type) {
        throw new UnsupportedOperationException("getauxval is not offered");
    }

    /** Linux: {@code prctl} with one argument; its result, negative where it failed. */
    default int prctl(int option) {
        throw new UnsupportedOperationException("prctl is not offered");
    }

    /** macOS: the number behind a name; 0 where the system does not know the name. */
    default long sysctl(String name) {
        throw new UnsupportedOperationException("sysctlbyname is not offered");
    }

    /** macOS: the text behind a name; empty where the system does not know the name. */
    default String sysctlText(String name) {
        throw new UnsupportedOperationException("sysctlbyname is not offered");
    }
}
