package dev.tilesmith.sweep.store;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tilesmith.cpu.Host;
import dev.tilesmith.tune.Machine;
import dev.tilesmith.tune.TuningProfile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ProfileFileTest {
    private static final Machine MACHINE = Machine.of(Host.current().cpu());

    @TempDir
    private Path folder;

    @Test
    void aPathIsAFileOrAFolder() throws IOException {
        assertEquals(folder.resolve("my.profile"), ProfileFile.at(folder.resolve("my.profile"), MACHINE));
        assertEquals(ProfileFile.in(folder, MACHINE), ProfileFile.at(folder, MACHINE));
        final Path absent = folder.resolve("absent");
        assertEquals(ProfileFile.in(absent, MACHINE), ProfileFile.at(absent, MACHINE));
        Files.writeString(absent, "");
        assertEquals(absent, ProfileFile.at(absent, MACHINE));
    }

    @Test
    void foldersAreMade() throws IOException {
        final Path file = ProfileFile.at(folder.resolve("src/main/resources").resolve("META-INF/tilesmith"), MACHINE);
        final TuningProfile found = ProfileFile.found(MACHINE, LocalDate.of(2026, 11, 30), List.of(), List.of());
        ProfileFile.merge(file, found);
        assertEquals(found, ProfileFile.read(file));
    }
}
