package dev.tilesmith.bench.peer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** No network: what stands for npm here is a script that copies a tarball of ours. */
@EnabledOnOs(OS.LINUX)
final class NpmPackageTest {
    private static final String CONTENT = "a library";

    @TempDir
    private Path temporary;

    private Path natives;
    private Path tarball;
    private NpmPackage known;

    @BeforeEach
    void makeTarball() throws Exception {
        natives = temporary.resolve("natives");
        final Path files = Files.createDirectories(temporary.resolve("package/bins"));
        Files.writeString(files.resolve("lib.so"), CONTENT);
        tarball = temporary.resolve("made.tgz");
        assertEquals(
                0,
                new ProcessBuilder("tar", "-czf", tarball.toString(), "package")
                        .directory(temporary.toFile())
                        .start()
                        .waitFor());
        final byte[] sum = MessageDigest.getInstance("SHA-512").digest(Files.readAllBytes(tarball));
        known = new NpmPackage(
                "@scope/name", "1.2.3", "sha512-" + Base64.getEncoder().encodeToString(sum));
    }

    @Test
    void whatNpmFetchesIsUnpackedAndTheScriptIsToldWhat() throws IOException {
        final Path asked = temporary.resolve("asked");
        final Path home = known.in(natives, npm("echo \"$@\" > " + asked + "; cp " + tarball + " some.tgz"));
        assertEquals(CONTENT, Files.readString(home.resolve("bins/lib.so")));
        final String arguments = Files.readString(asked);
        assertTrue(arguments.startsWith("pack ") && arguments.contains("@scope/name@1.2.3"), arguments);
    }

    @Test
    void whatIsThereIsNotFetchedAgain() throws IOException {
        assertFalse(known.isIn(natives));
        final Path home = known.in(natives, npm("cp " + tarball + " some.tgz"));
        assertTrue(known.isIn(natives));
        assertEquals(home, known.in(natives, "no-such-program"));
    }

    @Test
    void anotherVersionHasAnotherPlace() throws IOException {
        known.in(natives, npm("cp " + tarball + " some.tgz"));
        assertFalse(new NpmPackage(known.name(), "1.2.4", known.integrity()).isIn(natives));
    }

    @Test
    void nothingIsLeftButThePackage() throws IOException {
        final Path home = known.in(natives, npm("cp " + tarball + " some.tgz"));
        assertEquals(List.of(home), files());
    }

    @Test
    void withoutNpmItSaysSo() {
        assertUnavailable("no-such-program", "no-such-program is not there");
    }

    @Test
    void whatNpmSaysIsPassedOn() throws IOException {
        assertUnavailable(npm("echo no network >&2; exit 7"), "ended with 7: no network");
    }

    @Test
    void aTarballThatNpmDoesNotWriteIsMissed() throws IOException {
        assertUnavailable(npm("true"), "no tarball");
    }

    @Test
    void anotherTarballIsRefusedAndNotUnpacked() throws IOException {
        assertUnavailable(npm("cp " + tarball + " some.tgz; echo >> some.tgz"), "expected " + known.integrity());
    }

    private void assertUnavailable(String npm, String reason) {
        final String message = String.valueOf(assertThrows(PeerUnavailableException.class, () -> known.in(natives, npm))
                .getMessage());
        assertTrue(message.contains(reason), message);
        assertFalse(known.isIn(natives));
        assertEquals(List.of(), files());
    }

    private List<Path> files() {
        try (Stream<Path> files = Files.list(natives)) {
            return files.toList();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private String npm(String script) throws IOException {
        final Path program = temporary.resolve("npm");
        Files.writeString(program, "#!/bin/sh\n" + script + "\n");
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
        return program.toString();
    }
}
