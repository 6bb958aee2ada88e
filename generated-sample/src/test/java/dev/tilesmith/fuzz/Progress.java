package dev.tilesmith.fuzz;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** How far a worker is, in a file that is mapped: what it has said there outlives it, however it ends. */
final class Progress {
    private static final long BYTES = Long.BYTES;

    private final MemorySegment data;

    private Progress(MemorySegment data) {
        this.data = data;
    }

    static Progress in(Path file) throws IOException {
        try (FileChannel channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            return new Progress(channel.map(MapMode.READ_WRITE, 0, BYTES, Arena.ofAuto()));
        }
    }

    void begin(long seed) {
        data.set(ValueLayout.JAVA_LONG, 0, seed);
    }

    /** The seed of the problem that was begun last. */
    long seed() {
        return data.get(ValueLayout.JAVA_LONG, 0);
    }
}
