package dev.tilesmith.conformance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;

/**
 * What the process has mapped without a name.
 *
 * @param code bytes that are read and executed
 * @param data bytes that are read and written
 */
record Mappings(long code, long data) {
    /** Room for what else goes on in a JVM. */
    static final long SLACK = 24L << 20;

    /** A few functions, which softly reachable kernels have. */
    private static final long CODE_SLACK = 64L << 10;

    static Mappings now() throws IOException {
        return new Mappings(bytes("r-xp"), bytes("rw-p"));
    }

    private static long bytes(String permissions) throws IOException {
        try (Stream<String> lines = Files.lines(Path.of("/proc/self/maps"))) {
            return lines.map(line -> line.strip().split(" +", -1))
                    .filter(fields -> fields.length == 5 && fields[1].equals(permissions))
                    .mapToLong(fields -> size(fields[0]))
                    .sum();
        }
    }

    private static long size(String range) {
        final String[] ends = range.split("-", 2);
        return Long.parseUnsignedLong(ends[1], 16) - Long.parseUnsignedLong(ends[0], 16);
    }

    /** The mappings when they are as few as {@code few}, or no fewer for seconds. */
    static Mappings afterCollections(Mappings few) throws Exception {
        final long end =
                System.nanoTime() + Duration.ofSeconds(few.code() == 0 ? 3 : 30).toNanos();
        while (!now().isAtMost(few) && System.nanoTime() < end) {
            System.gc();
            Thread.sleep(50);
        }
        return now();
    }

    boolean isAtMost(Mappings other) {
        return code - CODE_SLACK <= other.code && data <= other.data + SLACK;
    }
}
