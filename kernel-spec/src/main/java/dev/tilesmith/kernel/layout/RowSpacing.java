package dev.tilesmith.kernel.layout;

/** How far apart rows lie that are used together. */
public final class RowSpacing {
    /** Bytes of a cache line. */
    public static final long LINE = 64;

    /** Rows that are a multiple of so many bytes apart share one set of a first-level cache. */
    private static final long CONFLICT = 4096;

    private RowSpacing() {}

    /** Bytes from one row to the next, for rows of {@code bytes}: whole cache lines, and not such that rows meet. */
    public static long spread(long bytes) {
        final long lines = (bytes + LINE - 1) & -LINE;
        return meets(lines) ? lines + LINE : lines;
    }

    /** Whether rows {@code stride} bytes apart meet in the same few sets of a first-level cache. */
    public static boolean meets(long stride) {
        return (stride & CONFLICT - 1) == 0;
    }
}
