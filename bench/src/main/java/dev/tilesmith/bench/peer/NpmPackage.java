package dev.tilesmith.bench.peer;

import java.io.File;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A package that npm fetches, once: what comes is taken if it is, to the bit, what it was when its sum was written down.
 *
 * @param name its name, with its scope
 * @param version the one version that is taken
 * @param integrity sum of its tarball as npm writes it: {@code sha512-}, and 64 bytes in base 64
 */
record NpmPackage(String name, String version, String integrity) {
    /** Prebuilt libraries of llama.cpp for Linux on x86-64, ggml's for each generation of CPUs among them; MIT. */
    static final NpmPackage LLAMA_CPP = new NpmPackage(
            "@node-llama-cpp/linux-x64",
            "3.21.1",
            "sha512-Totj6RTDMGo3FoK2yNUaz/oGmZD0olAqTrRluFUWmu0kW2i9TOzHSW0OWCAiGkzRCVX0WsU2CyUQo/W2NYtdPA==");

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    /** Whether it is in this directory already. */
    boolean isIn(Path directory) {
        return Files.isDirectory(home(directory));
    }

    /**
     * Where its files are, below this directory.
     *
     * @param npm the program to fetch it with where it is not there yet
     * @throws PeerUnavailableException if it cannot be had
     */
    Path in(Path directory, String npm) throws IOException {
        if (!isIn(directory)) {
            final Path work = Files.createTempDirectory(Files.createDirectories(directory), "npm");
            try {
                unpack(fetched(work, npm), work);
                move(work.resolve("package"), home(directory));
            } finally {
                delete(work);
            }
        }
        return home(directory);
    }

    private Path home(Path directory) {
        return directory.resolve(name.replaceAll("[^a-z0-9-]+", "-").replaceFirst("^-", "") + "-" + version);
    }

    private Path fetched(Path work, String npm) throws IOException {
        run(work, List.of(npm, "pack", "--loglevel=error", "--fetch-retries=1", name + "@" + version));
        try (Stream<Path> files = Files.list(work)) {
            final Path tarball = files.filter(file -> file.toString().endsWith(".tgz"))
                    .findFirst()
                    .orElseThrow(() -> new PeerUnavailableException(npm + " pack wrote no tarball of " + name));
            final String sum = sum(Files.readAllBytes(tarball));
            if (!sum.equals(integrity)) {
                throw new PeerUnavailableException(
                        name + " " + version + " has the sum " + sum + "; expected " + integrity);
            }
            return tarball;
        }
    }

    private static String sum(byte[] bytes) {
        try {
            return "sha512-"
                    + Base64.getEncoder()
                            .encodeToString(MessageDigest.getInstance("SHA-512").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every JDK has SHA-512", e);
        }
    }

    private static void unpack(Path tarball, Path work) throws IOException {
        run(work, List.of("tar", "-xzf", tarball.getFileName().toString()));
    }

    /** Another process may have been faster: what is there already is the same. */
    private static void move(Path from, Path to) throws IOException {
        try {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
        } catch (FileSystemException e) {
            if (!Files.isDirectory(to)) {
                throw e;
            }
        }
    }

    private static void run(Path work, List<String> command) throws IOException {
        final String line = String.join(" ", command);
        final Path log = work.resolve("log");
        final Process process;
        try {
            process = new ProcessBuilder(command)
                    .directory(work.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .redirectInput(new File("/dev/null"))
                    .start();
        } catch (IOException e) {
            throw new PeerUnavailableException(command.getFirst() + " is not there to fetch its library with", e);
        }
        if (!hasEnded(process)) {
            throw new PeerUnavailableException(line + " took more than " + PATIENCE.toSeconds() + " s");
        }
        if (process.exitValue() != 0) {
            throw new PeerUnavailableException(line + " ended with " + process.exitValue() + ": "
                    + Files.readString(log).strip().replaceAll("\\s*\n\\s*", "; "));
        }
    }

    private static boolean hasEnded(Process process) {
        try {
            return process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new PeerUnavailableException("interrupted while its library was fetched", e);
        } finally {
            process.destroy();
        }
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (final Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
