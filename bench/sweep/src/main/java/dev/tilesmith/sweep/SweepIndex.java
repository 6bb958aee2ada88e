package dev.tilesmith.sweep;

import dev.tilesmith.spec.SweptShape;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Stream;

/**
 * The declarations on a class path that ask for a sweep, and the shapes they name. The processor writes a resource for each:
 * named as the declaration is, a line with the version, then a shape a line.
 */
final class SweepIndex {
    private static final String FOLDER = "META-INF/tilesmith/sweeps/";
    private static final String VERSION = "tilesmith-sweep 1";

    private final SortedMap<String, List<SweptShape>> declarations;

    private SweepIndex(SortedMap<String, List<SweptShape>> declarations) {
        this.declarations = Collections.unmodifiableSortedMap(declarations);
    }

    /**
     * Of folders and jars.
     *
     * @param path what {@code java.class.path} has
     * @throws IOException if something of it cannot be read
     */
    static SweepIndex of(List<Path> path) throws IOException {
        final SortedMap<String, List<SweptShape>> found = new TreeMap<>();
        for (final Path part : path) {
            if (Files.isDirectory(part.resolve(FOLDER))) {
                readFolder(part.resolve(FOLDER), found);
            } else if (Files.isRegularFile(part)) {
                readJar(part, found);
            }
        }
        return new SweepIndex(found);
    }

    /** What a class path that is written with separators is made of. */
    static List<Path> parts(String classPath) {
        return Stream.of(classPath.split(File.pathSeparator, -1))
                .filter(part -> !part.isEmpty())
                .map(Path::of)
                .toList();
    }

    /** Binary names of the declarations, in order. */
    List<String> names() {
        return List.copyOf(declarations.keySet());
    }

    /** The shapes that a declaration names; nothing if it asks for no sweep. */
    Optional<List<SweptShape>> shapes(String name) {
        return Optional.ofNullable(declarations.get(name));
    }

    private static void readFolder(Path folder, SortedMap<String, List<SweptShape>> found) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            for (final Path file : files.toList()) {
                found.putIfAbsent(file.getFileName().toString(), shapes(file.toString(), Files.readString(file)));
            }
        }
    }

    private static void readJar(Path file, SortedMap<String, List<SweptShape>> found) throws IOException {
        try (JarFile jar = new JarFile(file.toFile())) {
            for (final JarEntry entry : Collections.list(jar.entries())) {
                if (entry.getName().startsWith(FOLDER) && !entry.isDirectory()) {
                    final String text = new String(jar.getInputStream(entry).readAllBytes(), StandardCharsets.UTF_8);
                    found.putIfAbsent(
                            entry.getName().substring(FOLDER.length()), shapes(file + "!/" + entry.getName(), text));
                }
            }
        }
    }

    private static List<SweptShape> shapes(String where, String text) throws IOException {
        final List<String> lines = text.lines().toList();
        if (lines.isEmpty() || !lines.getFirst().equals(VERSION)) {
            throw new IOException(where + ": does not begin with '" + VERSION
                    + "'; expected what the processor of this version writes");
        }
        final List<SweptShape> shapes = new ArrayList<>();
        for (final String line : lines.subList(1, lines.size())) {
            try {
                shapes.add(SweptShape.parse(line));
            } catch (IllegalArgumentException e) {
                throw new IOException(where + ": " + e.getMessage(), e);
            }
        }
        return shapes;
    }
}
