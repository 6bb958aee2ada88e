package dev.tilesmith.tune;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tilesmith.cpu.CacheSizes;
import dev.tilesmith.cpu.CpuFeature;
import dev.tilesmith.cpu.Host;
import dev.tilesmith.spec.Format;
import dev.tilesmith.spec.Target;
import dev.tilesmith.spec.Variant;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.module.Configuration;
import java.lang.module.ModuleFinder;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Profiles of this machine are found, the nearest first, and all else is told of in a line. */
final class ProfilesTest {
    private static final Machine MACHINE = new Machine(
            "Made up", "", Set.of(CpuFeature.AVX2, CpuFeature.FMA), new CacheSizes(32 << 10, 512 << 10, 0, 64), 25);

    private static final ClassLoader HERE = ProfilesTest.class.getClassLoader();
    private static final Variant VARIANT = Variant.parse("f32_f32_f32p16x1_1x16_avx2");
    private static final String NAME = TuningProfile.resourceName(MACHINE);

    @TempDir
    private Path folder;

    private static TuningProfile profile(long fetchNear, String... classes) {
        return new TuningProfile(
                MACHINE,
                "a test",
                List.of(new Setting(Target.AVX2, Knob.FETCH_NEAR, fetchNear)),
                Stream.of(classes)
                        .map(name -> new Pick(ShapeClass.named(name), VARIANT, fetchNear, Optional.empty()))
                        .toList());
    }

    private Path written(String name, String text) throws IOException {
        final Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text);
    }

    private static List<String> lines(Found found) {
        return found.refusals().stream().map(Found.Refusal::toString).toList();
    }

    @Test
    void aGivenFileIsRead() throws IOException {
        final Path file = written("any.name", profile(64, "one/cache").text());
        final Found found = Profiles.given(file.toString(), MACHINE);
        assertEquals(
                new Found(
                        List.of(new Found.Sourced(file.toString(), profile(64, "one/cache"), Found.Giver.USER)),
                        List.of()),
                found);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "cpu Made up|cpu Another|it is for the CPU 'Another', and this is 'Made up'",
                "jdk 25|jdk 24|it is for JDK '24', and this is '25'",
                "source a test|source|line 6: after 'source' expected how it is known, one space apart"
            })
    void oneThatIsOfAnotherMachineOrNoneIsRefusedInALine(String part, String other, String reason) throws IOException {
        final Path file = written("a.profile", profile(64).text().replace(part, other));
        final Found found = Profiles.given(file.toString(), MACHINE);
        assertEquals(List.of("tuning profile " + file + " is not used: " + reason), lines(found));
        assertEquals(Optional.empty(), found.profile());
    }

    @Test
    void aNameThatIsNoFilesIsRefusedInALine() throws IOException {
        Files.createDirectories(folder.resolve("b"));
        for (final String name : List.of("a", "b", "b/c", "\0", "a\nb", "")) {
            final String file = name.isEmpty() ? name : folder.resolve("x").getParent() + "/" + name;
            final List<String> refused = lines(Profiles.given(file, MACHINE));
            assertEquals(1, refused.size());
            assertTrue(
                    refused.getFirst()
                            .matches("tuning profile .*is not used: (there is|it is no|it is not the name).*"),
                    refused.getFirst());
        }
    }

    @Test
    void endlessBytesAreNotReadToTheirEnd() throws IOException {
        final Path jar = folder.resolve("a.jar");
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
            out.putNextEntry(new ZipEntry(NAME));
            for (int i = 0; i < 64; i++) {
                out.write(new byte[1 << 20]); // a few kilobytes in the jar
            }
        }
        final Path device = Path.of("/dev/zero");
        if (Files.exists(device)) {
            assertEquals(
                    List.of("tuning profile /dev/zero is not used: it is no file; expected one"),
                    lines(Profiles.given(device.toString(), MACHINE)));
        }
        try (URLClassLoader loader = loader(jar)) {
            assertEquals(
                    List.of("tuning profile jar:" + jar.toUri().toURL() + "!/" + NAME
                            + " is not used: it has more than 1048576 characters; expected no more than that"),
                    lines(Profiles.onClassPath(loader, MACHINE)));
        }
    }

    private static URLClassLoader loader(Path... places) throws IOException {
        return new URLClassLoader(urls(List.of(places)), HERE);
    }

    private static URL[] urls(List<Path> places) throws IOException {
        final List<URL> urls = new ArrayList<>();
        for (final Path place : places) {
            urls.add(place.toUri().toURL());
        }
        return urls.toArray(URL[]::new);
    }

    private Path jar(String name, TuningProfile profile) throws IOException {
        final Path jar = folder.resolve(name);
        final Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().putValue("Automatic-Module-Name", "made.up");
        try (OutputStream file = Files.newOutputStream(jar);
                JarOutputStream out = new JarOutputStream(file, manifest)) {
            out.putNextEntry(new ZipEntry(NAME));
            out.write(profile.text().getBytes(StandardCharsets.US_ASCII));
        }
        return jar;
    }

    @Test
    void profilesOnAClassPathAreFoundInItsOrder() throws IOException {
        final Path jar = jar("a.jar", profile(128, "one/cache", "few/cache"));
        written("classes/" + NAME, profile(64, "one/cache").text());
        final TuningProfile last = new TuningProfile(
                MACHINE,
                "last",
                List.of(
                        new Setting(Target.AVX2, Knob.FETCH_NEAR, 2),
                        new Setting(Target.AVX2, Knob.TILES_PER_BLOCK, 4)),
                profile(1, "one/cache", "many/cache").picks());
        written("last/" + NAME, last.text());
        try (URLClassLoader loader = loader(folder.resolve("classes"), jar, folder.resolve("last"))) {
            final Found found = Profiles.onClassPath(loader, MACHINE);
            assertEquals(List.of(), lines(found));
            assertEquals(
                    List.of(64.0, 128.0, 1.0),
                    Stream.of("one/cache", "few/cache", "many/cache")
                            .map(name -> found.pick(Format.F32, Format.F32, Format.F32, ShapeClass.named(name)))
                            .map(pick -> pick.orElseThrow().pick().gops())
                            .toList());
            assertEquals(
                    Optional.empty(), found.pick(Format.F32, Format.F32, Format.F32, ShapeClass.named("one/memory")));
            assertEquals(64, found.tuning(Target.AVX2).get(Knob.FETCH_NEAR));
            assertEquals(4, found.tuning(Target.AVX2).get(Knob.TILES_PER_BLOCK));
            assertEquals(Tuning.of(Target.SME), found.tuning(Target.SME));
            assertTrue(found.profiles().get(1).origin().endsWith("a.jar!/" + NAME));
        }
    }

    /** Even where Tilesmith is the first on a class path. */
    @Test
    void whatComesWithTilesmithComesLast() throws IOException, ReflectiveOperationException {
        final Machine here = Machine.of(Host.current().cpu());
        final String name = TuningProfile.resourceName(here);
        final Path tilesmith = folder.resolve("tilesmith");
        copy(tilesmith);
        for (final String place : List.of("tilesmith", "second", "third")) {
            written(place + "/" + name, new TuningProfile(here, place, List.of(), List.of()).text());
        }
        final List<Path> places =
                Stream.of("tilesmith", "second", "third").map(folder::resolve).toList();
        final String found = foundHere(places);
        assertEquals(
                List.of("second", "third", "tilesmith"),
                Pattern.compile("source=(\\w+)")
                        .matcher(found)
                        .results()
                        .map(match -> match.group(1))
                        .toList(),
                found);
        assertTrue(found.contains("origin=the profile that comes with Tilesmith for " + here.cpu()), found);
        assertFalse(found.contains("/tilesmith/" + name), found);
    }

    /** Of another JDK is a user's to mend where it is a user's. */
    @Test
    void whatComesWithTilesmithIsRefusedInSilence() throws IOException, ReflectiveOperationException {
        final Machine here = Machine.of(Host.current().cpu());
        final Machine later = new Machine(here.cpu(), here.signature(), here.features(), here.caches(), here.jdk() + 1);
        final String name = TuningProfile.resourceName(here);
        copy(folder.resolve("tilesmith"));
        for (final String place : List.of("tilesmith", "second")) {
            written(place + "/" + name, new TuningProfile(later, place, List.of(), List.of()).text());
        }
        final String found = foundHere(List.of(folder.resolve("tilesmith"), folder.resolve("second")));
        assertTrue(found.contains("profiles=[]"), found);
        assertEquals(1, found.split("and this is", -1).length - 1, found);
        assertTrue(found.contains("/second/" + name), found);
    }

    /** What a loader of Tilesmith's own classes finds for this machine. */
    private static String foundHere(List<Path> places) throws IOException, ReflectiveOperationException {
        // Any other loader of the JDK's gives the module's own classes, where the tests run in the module.
        try (URLClassLoader loader = new URLClassLoader(urls(places), null)) {
            final Class<?> machine = loader.loadClass(Machine.class.getName());
            final Object host =
                    loader.loadClass(Host.class.getName()).getMethod("current").invoke(null);
            final Object cpu = host.getClass().getMethod("cpu").invoke(host);
            return loader.loadClass(Profiles.class.getName())
                    .getMethod("onClassPath", ClassLoader.class, machine)
                    .invoke(
                            null,
                            loader,
                            machine.getMethod("of", cpu.getClass()).invoke(null, cpu))
                    .toString();
        }
    }

    /** Copies the classes of Tilesmith. */
    private static void copy(Path to) throws IOException {
        final Path classes = Path.of(Profiles.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .getPath());
        try (Stream<Path> files = Files.walk(classes)) {
            for (final Path file : files.filter(Files::isRegularFile).toList()) {
                final Path copied = to.resolve(classes.relativize(file).toString());
                Files.createDirectories(copied.getParent());
                Files.copy(file, copied);
            }
        }
    }

    @Test
    void onlyFilesOfTheMachineAreOpened() throws IOException {
        written("classes/" + NAME.replace("up", "down"), "no profile");
        written("classes/META-INF/tilesmith/other", "no profile");
        try (URLClassLoader loader = loader(folder.resolve("classes"))) {
            assertEquals(Found.nothing(), Profiles.onClassPath(loader, MACHINE));
        }
    }

    @Test
    void aBrokenOneDoesNotHideAnother() throws IOException {
        final Path jar = jar("a.jar", profile(128, "few/cache"));
        final Path broken = written("classes/" + NAME, "no profile\n");
        try (URLClassLoader loader = loader(folder.resolve("classes"), jar)) {
            final Found found = Profiles.onClassPath(loader, MACHINE);
            assertEquals(
                    List.of("tuning profile " + broken.toUri().toURL()
                            + " is not used: line 1: 'no profile'; expected 'tilesmith-profile 1'"),
                    lines(found));
            assertEquals(128, found.tuning(Target.AVX2).get(Knob.FETCH_NEAR));
        }
    }

    @Test
    void aGivenProfileGoesBeforeThoseOnTheClassPath() throws IOException {
        final Path file = written("mine", profile(32, "one/cache").text());
        try (URLClassLoader loader = loader(jar("a.jar", profile(128, "one/cache", "few/cache")))) {
            final Found found = Profiles.given(file.toString(), MACHINE).then(Profiles.onClassPath(loader, MACHINE));
            assertEquals(32, found.tuning(Target.AVX2).get(Knob.FETCH_NEAR));
            assertEquals(
                    List.of(file.toString(), found.profiles().getLast().origin()),
                    Stream.of("one/cache", "few/cache")
                            .map(name -> found.pick(Format.F32, Format.F32, Format.F32, ShapeClass.named(name)))
                            .map(pick -> pick.orElseThrow().origin())
                            .toList());
        }
    }

    @Test
    void profilesInModulesAreFound() throws IOException {
        final Path jar = jar("a.jar", profile(128, "few/cache"));
        final Configuration configuration =
                ModuleLayer.boot().configuration().resolve(ModuleFinder.of(jar), ModuleFinder.of(), Set.of("made.up"));
        final ModuleLayer layer = ModuleLayer.boot().defineModulesWithOneLoader(configuration, HERE);
        final Found found = Profiles.onClassPath(layer.findLoader("made.up"), MACHINE);
        assertEquals(128, found.tuning(Target.AVX2).get(Knob.FETCH_NEAR));
        assertEquals(List.of(), lines(found));
    }

    @Test
    void aLoaderThatFailsIsToldOf() {
        final ClassLoader failing = new ClassLoader(HERE) {
            @Override
            public Enumeration<URL> getResources(String name) throws IOException {
                throw new IOException("no\nsuch");
            }
        };
        assertEquals(
                List.of("tuning profile " + NAME + " is not used: no such"),
                lines(Profiles.onClassPath(failing, MACHINE)));
        final ClassLoader lying = new ClassLoader(HERE) {
            @Override
            public Enumeration<URL> getResources(String name) throws IOException {
                return Collections.enumeration(
                        List.of(folder.resolve("nothing").toUri().toURL()));
            }
        };
        final Found found = Profiles.onClassPath(lying, MACHINE);
        assertEquals(1, found.refusals().size());
        assertFalse(lines(found).getFirst().contains("\n"));
    }
}
