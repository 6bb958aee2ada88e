package dev.tilesmith.kernel.packed;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tilesmith.kernel.layout.PanelFamily;
import dev.tilesmith.kernel.layout.PanelLayout;
import dev.tilesmith.runtime.FileCheck;
import dev.tilesmith.spec.Format;
import dev.tilesmith.spec.Target;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Saving: a file is there whole, or what was there before, and nothing is left beside it. */
final class PackedFileSavingTest {
    private static final PanelLayout F32 = new PanelLayout(Format.F32, 4, 1, true);
    private static final int N = 5;
    private static final int K = 3;

    @TempDir
    private Path folder;

    private Path file;

    @BeforeEach
    void nameFile() {
        file = folder.resolve("weights");
    }

    private static PackedPanels small() {
        final MemorySegment data = Arena.ofAuto().allocate(F32.bytes(N, K), 64);
        for (long at = 0; at < data.byteSize(); at++) {
            data.set(ValueLayout.JAVA_BYTE, at, (byte) at);
        }
        return new PackedPanels(F32, N, K, data);
    }

    private static byte[] bytes(PackedPanels packed) {
        return packed.data().toArray(ValueLayout.JAVA_BYTE);
    }

    private PackedPanels map() throws IOException {
        final PanelFamily family = new PanelFamily(Format.F32, Format.F32, F32, Target.SCALAR, List.of(1));
        return PackedReader.map(file, List.of(family), Arena.ofAuto(), FileCheck.ALL);
    }

    private Set<String> names() {
        try (Stream<Path> paths = Files.list(folder)) {
            return paths.map(path -> path.getFileName().toString()).collect(Collectors.toCollection(TreeSet::new));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void savingLeavesOneFile() throws IOException {
        small().save(file);
        small().save(file);
        assertEquals(Set.of("weights"), names());
    }

    /** The weights cannot be read: their arena is closed. */
    @Test
    void savingThatFailsLeavesWhatWasThere() throws IOException {
        final PackedPanels old = small();
        old.save(file);
        final PackedPanels closed;
        try (Arena arena = Arena.ofConfined()) {
            closed = new PackedPanels(F32, N, K, arena.allocate(F32.bytes(N, K), 64));
        }
        assertEquals(
                "weights: its arena is closed; expected memory that is alive",
                assertThrows(IllegalArgumentException.class, () -> closed.save(file))
                        .getMessage());
        assertEquals(Set.of("weights"), names());
        assertArrayEquals(bytes(old), bytes(map()));
    }

    /** Links one after the other, from folder to folder, to a file that is there, and to one that is not. */
    @Test
    void savingFollowsLinks() throws IOException {
        final Path models = Files.createDirectory(folder.resolve("models"));
        final Path target = models.resolve("v2");
        final Path link = Files.createSymbolicLink(models.resolve("latest"), Path.of("v2"));
        file = Files.createSymbolicLink(folder.resolve("weights"), link.toAbsolutePath());
        for (int time = 0; time < 2; time++) {
            small().save(file);
            assertTrue(Files.isSymbolicLink(file) && Files.isSymbolicLink(link), "links stay");
            assertTrue(Files.isRegularFile(target, LinkOption.NOFOLLOW_LINKS));
            assertArrayEquals(bytes(small()), bytes(map()));
            assertEquals(Set.of("models", "weights"), names());
            try (Stream<Path> inside = Files.list(models)) {
                assertEquals(Set.of(target, link), inside.collect(Collectors.toSet()));
            }
        }
    }

    @Test
    void linksThatLeadNowhereAreSaidSo() throws IOException {
        file = Files.createSymbolicLink(folder.resolve("weights"), Path.of("other"));
        Files.createSymbolicLink(folder.resolve("other"), Path.of("weights"));
        assertThrows(FileSystemLoopException.class, () -> small().save(file));
        assertEquals(Set.of("other", "weights"), names());
        Files.delete(file);
        Files.createSymbolicLink(file, Path.of("none", "weights"));
        assertThrows(NoSuchFileException.class, () -> small().save(file));
        assertEquals(Set.of("other", "weights"), names());
    }

    /** As root, moving a file to the place of a device would leave the system without it. */
    @Test
    void whatIsNoRegularFileIsNotReplaced() throws Exception {
        final Process made = new ProcessBuilder("mkfifo", file.toString()).start();
        assertEquals(0, made.waitFor());
        final String message = assertThrows(FileSystemException.class, () -> small().save(file))
                .getMessage();
        assertEquals(file + ": no regular file; expected one, or nothing", message);
        assertFalse(Files.isRegularFile(file));
        assertEquals(Set.of("weights"), names());
    }

    @Test
    void aFolderIsNotReplaced() throws IOException {
        Files.createDirectory(file);
        Files.createFile(file.resolve("inside"));
        assertThrows(IOException.class, () -> small().save(file));
        assertEquals(Set.of("weights"), names());
        assertTrue(Files.exists(file.resolve("inside")));
    }

    @Test
    void aFolderThatIsNotThereIsSaidSoByTheJdk() {
        file = folder.resolve("none").resolve("weights");
        assertThrows(NoSuchFileException.class, () -> small().save(file));
    }
}
