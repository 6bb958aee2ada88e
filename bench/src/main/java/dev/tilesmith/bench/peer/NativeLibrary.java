package dev.tilesmith.bench.peer;

import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;

/**
 * A native library that comes inside a jar: copied out once, then called through FFM.
 *
 * @param name directory that it is copied to
 * @param folder where in the jar
 * @param files its files, those that others need first
 */
record NativeLibrary(String name, String folder, List<String> files) {
    /** oneDNN, and the OpenMP that it runs its threads on. */
    static final NativeLibrary ONEDNN =
            new NativeLibrary("onednn", "/org/bytedeco/dnnl/linux-x86_64/", List.of("libgomp.so.1", "libdnnl.so.3"));

    /** OpenBLAS, and the Fortran run-time library that it is linked to. */
    static final NativeLibrary OPENBLAS = new NativeLibrary(
            "openblas",
            "/org/bytedeco/openblas/linux-x86_64/",
            List.of("libquadmath.so.0", "libgfortran.so.5", "libopenblas.so.0"));

    /** Finds functions of the library and of those that it came with. */
    @SuppressWarnings("restricted")
    SymbolLookup lookup() {
        requireHost();
        try {
            final Path directory = directory(name);
            SymbolLookup lookup = _ -> Optional.empty();
            for (final String file : files) {
                lookup = SymbolLookup.libraryLookup(extracted(file, directory), Arena.global())
                        .or(lookup);
            }
            return lookup;
        } catch (IOException | IllegalArgumentException e) {
            throw new PeerUnavailableException("its library cannot be loaded", e);
        }
    }

    /** A function of this type. */
    @SuppressWarnings("restricted")
    static MethodHandle function(SymbolLookup lookup, String name, FunctionDescriptor type) {
        return Linker.nativeLinker().downcallHandle(lookup.findOrThrow(name), type);
    }

    /** What a call through FFM throws is a defect of the binding. */
    static AssertionError failed(String function, Throwable cause) {
        return new AssertionError(function + ": the call could not be made", cause);
    }

    /**
     * Native libraries of peers are for one system and architecture.
     *
     * @throws PeerUnavailableException if this is another
     */
    static void requireHost() {
        final String host = System.getProperty("os.name") + " " + System.getProperty("os.arch");
        if (!host.equals("Linux amd64")) {
            throw new PeerUnavailableException("its library is for Linux amd64; this is " + host);
        }
    }

    /** Where files of this name are kept from one process to the next, if a directory was given for that. */
    static Path directory(String name) throws IOException {
        final String kept = System.getProperty("tilesmith.bench.natives", "");
        if (kept.isEmpty()) {
            return Files.createTempDirectory("bench-natives");
        }
        return Files.createDirectories(Path.of(kept).toAbsolutePath().resolve(name));
    }

    private Path extracted(String file, Path directory) throws IOException {
        final Path target = directory.resolve(file);
        if (Files.exists(target)) {
            return target;
        }
        try (InputStream source = NativeLibrary.class.getResourceAsStream(folder + file)) {
            if (source == null) {
                throw new PeerUnavailableException(folder + file + " is in no jar on the class path");
            }
            // Another process may be copying the same file: it appears whole or not at all.
            final Path part = Files.createTempFile(directory, file, ".part");
            Files.copy(source, part, StandardCopyOption.REPLACE_EXISTING);
            return Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
        }
    }
}
