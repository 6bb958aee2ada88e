package dev.tilesmith.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tilesmith.spec.Variant;
import dev.tilesmith.tune.Pick;
import dev.tilesmith.tune.TuningProfile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Profiles that come with Tilesmith are found by the name of their machine, and pick what declarations have by themselves. */
final class ShippedProfilesTest {
    private static final String FOLDER = "META-INF/tilesmith";

    @Test
    void areOfTheirMachineAndPickWhatThereIs() throws IOException, URISyntaxException {
        final Set<Variant> variants = Formats.all()
                .flatMap(format -> format.tables().stream())
                .flatMap(table -> table.variants().stream())
                .collect(Collectors.toSet());
        final Map<String, TuningProfile> shipped = shipped();
        assertTrue(!shipped.isEmpty(), "none ships");
        shipped.forEach((name, profile) -> {
            assertEquals(TuningProfile.resourceName(profile.machine()), name);
            assertTrue(!profile.picks().isEmpty(), name);
            for (final Pick pick : profile.picks()) {
                assertTrue(variants.contains(pick.variant()), name + ": " + pick);
                pick.next().ifPresent(next -> assertTrue(variants.contains(next.variant()), name + ": " + pick));
            }
        });
    }

    /** All of them by name, from the jar or the folder that Tilesmith is in. */
    private static Map<String, TuningProfile> shipped() throws IOException, URISyntaxException {
        final Path place = Path.of(TuningProfile.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        if (Files.isDirectory(place)) {
            return in(place);
        }
        try (FileSystem jar = FileSystems.newFileSystem(URI.create("jar:" + place.toUri()), Map.of())) {
            return in(jar.getPath("/"));
        }
    }

    private static Map<String, TuningProfile> in(Path root) throws IOException {
        try (Stream<Path> files = Files.list(root.resolve(FOLDER))) {
            return files.collect(
                    Collectors.toMap(file -> FOLDER + "/" + file.getFileName(), ShippedProfilesTest::read));
        }
    }

    private static TuningProfile read(Path file) {
        try {
            return TuningProfile.parse(Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
