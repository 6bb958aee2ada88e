package dev.tilesmith.runtime;

import java.io.IOException;
import java.io.Serial;
import java.nio.file.Path;

/**
 * A file that a kernel does not read its weights from: damaged, cut off, of another kind or of a newer version, or packed
 * for another family. Packing the weights again, and saving them, helps in each of these cases.
 */
public final class PackedFileException extends IOException {
    @Serial
    private static final long serialVersionUID = 1L;

    public PackedFileException(Path path, String problem) {
        super(path + ": " + problem);
    }
}
