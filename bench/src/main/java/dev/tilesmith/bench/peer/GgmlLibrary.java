package dev.tilesmith.bench.peer;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.SymbolLookup;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * ggml for one generation of x86: its library of that generation, and the one that all of them need.
 *
 * @param generation what its file is named after, {@code haswell} for example
 * @param lookup finds functions of both
 */
record GgmlLibrary(String generation, SymbolLookup lookup) {
    private static final Pattern FILE = Pattern.compile("libggml-cpu-(\\w+)\\.so");

    /**
     * A library and how well it suits a CPU.
     *
     * @param generation what its file is named after
     * @param file where it is
     * @param score what it says of itself; 0 if the CPU lacks what it needs
     */
    record Candidate(String generation, Path file, int score) {}

    /**
     * The one that ggml itself would load on this CPU.
     *
     * @throws PeerUnavailableException if there is none, or none can be had
     */
    static GgmlLibrary ofThisHost() {
        NativeLibrary.requireHost();
        try {
            return in(NpmPackage.LLAMA_CPP
                    .in(NativeLibrary.directory("npm"), "npm")
                    .resolve("bins")
                    .resolve("linux-x64"));
        } catch (IOException | IllegalArgumentException e) {
            throw new PeerUnavailableException("its library cannot be loaded", e);
        }
    }

    /** Whether {@link #ofThisHost} needs nothing from elsewhere. */
    static boolean isHere() {
        final String kept = System.getProperty("tilesmith.bench.natives", "");
        return !kept.isEmpty()
                && NpmPackage.LLAMA_CPP.isIn(Path.of(kept).toAbsolutePath().resolve("npm"));
    }

    @SuppressWarnings("restricted")
    private static GgmlLibrary in(Path directory) throws IOException {
        final SymbolLookup base = SymbolLookup.libraryLookup(directory.resolve("libggml-base.so"), Arena.global());
        final Candidate best = best(candidates(directory));
        final SymbolLookup cpu = SymbolLookup.libraryLookup(best.file(), Arena.global());
        return new GgmlLibrary(best.generation(), cpu.or(base));
    }

    private static List<Candidate> candidates(Path directory) throws IOException {
        final List<Candidate> candidates = new ArrayList<>();
        try (Stream<Path> files = Files.list(directory)) {
            files.sorted().forEach(file -> generationOf(file)
                    .ifPresent(generation -> candidates.add(new Candidate(generation, file, score(file)))));
        }
        return candidates;
    }

    /** Which generation a file is for, if it is one of those. */
    static Optional<String> generationOf(Path file) {
        final Matcher name = FILE.matcher(file.getFileName().toString());
        return name.matches() ? Optional.of(name.group(1)) : Optional.empty();
    }

    /** What the library says of itself. It is let go again: each has functions of the same names. */
    @SuppressWarnings("restricted")
    private static int score(Path file) {
        try (Arena arena = Arena.ofConfined()) {
            return (int) NativeLibrary.function(
                            SymbolLookup.libraryLookup(file, arena),
                            "ggml_backend_score",
                            FunctionDescriptor.of(JAVA_INT))
                    .invokeExact();
        } catch (Throwable e) {
            throw NativeLibrary.failed("ggml_backend_score", e);
        }
    }

    /** The one of the highest score, of several the first, as ggml's loader takes it. */
    static Candidate best(List<Candidate> candidates) {
        return candidates.stream()
                .filter(candidate -> candidate.score() > 0)
                .sorted(Comparator.comparingInt(Candidate::score).reversed())
                .findFirst()
                .orElseThrow(() -> new PeerUnavailableException("none of its libraries is for this CPU: "
                        + candidates.stream().map(Candidate::generation).toList()));
    }
}
