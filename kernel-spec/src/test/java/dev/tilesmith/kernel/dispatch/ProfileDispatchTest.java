package dev.tilesmith.kernel.dispatch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tilesmith.cpu.CacheSizes;
import dev.tilesmith.cpu.Cpu;
import dev.tilesmith.cpu.Host;
import dev.tilesmith.runtime.DispatchTable;
import dev.tilesmith.runtime.MatMulKernel;
import dev.tilesmith.setting.Settings;
import dev.tilesmith.spec.Format;
import dev.tilesmith.spec.Target;
import dev.tilesmith.spec.Variant;
import dev.tilesmith.tune.Found;
import dev.tilesmith.tune.Knob;
import dev.tilesmith.tune.Machine;
import dev.tilesmith.tune.Pick;
import dev.tilesmith.tune.Setting;
import dev.tilesmith.tune.ShapeClass;
import dev.tilesmith.tune.TuningProfile;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a tuning profile picks is what serves, as long as it is there; what cannot be followed is told in a line. */
final class ProfileDispatchTest {
    private static final Target RUNS = Target.SCALAR;

    /** Machine code of another architecture. */
    private static final Target RUNS_NOWHERE_HERE = TableReport.runsNowhereHere();

    private final List<String> warnings = new ArrayList<>();

    private DispatchTable<MatMulKernel> table() {
        return TableReport.table("Linear", List.of(RUNS_NOWHERE_HERE, RUNS), new HeardLog(warnings));
    }

    private static Pick pick(String shape, Target target, int mr) {
        return new Pick(
                ShapeClass.named(shape),
                TableReport.family(target).upTo(mr).variants().getLast(),
                40,
                Optional.empty());
    }

    private static TuningProfile profile(Pick... picks) {
        return new TuningProfile(Machine.of(Host.current().cpu()), "measured by a test", List.of(), List.of(picks));
    }

    private static List<String> ofShapes(String explanation) {
        return explanation
                .lines()
                .map(String::strip)
                .filter(line -> line.matches("(every shape|[a-z]+/[a-z]+) .*"))
                .toList();
    }

    @Test
    void withoutAProfileTheFirstThatRunsServesEveryShape() {
        assertEquals(
                List.of("every shape f32_f32_f32p16x1_6x16_scalar  the first that runs here"),
                ofShapes(table().explain()));
        assertEquals(6, table().best().family().maxMr());
    }

    @Test
    void aPickServesItsClassAndNoOther() {
        for (final ShapeClass shape : ShapeClass.all()) {
            final TuningProfile profile = profile(pick(shape.name(), RUNS, 2));
            final List<String> told = ofShapes(table().explain(profile));
            assertEquals(ShapeClass.all().size(), told.size(), told::toString);
            for (int i = 0; i < told.size(); i++) {
                final ShapeClass each = ShapeClass.all().get(i);
                assertTrue(told.get(i).startsWith(each.name()), told::toString);
                assertEquals(
                        each.equals(shape),
                        told.get(i)
                                .endsWith(
                                        "f32_f32_f32p16x1_2x16_scalar  given by the program (measured by a test): 40.0"
                                                + " Gop/s"),
                        told::toString);
            }
            final int expected = shape.name().equals("few/cache") ? 2 : 6;
            assertEquals(expected, table().best(profile).family().maxMr(), shape::name);
        }
        assertEquals(6, table().best().family().maxMr());
        assertEquals(List.of(), warnings);
    }

    @Test
    void itSaysByHowMuchAPickWasBetter() {
        final Variant next = TableReport.family(RUNS).upTo(3).variants().getLast();
        final Pick pick = new Pick(
                ShapeClass.named("many/cache"),
                TableReport.family(RUNS).upTo(4).variants().getLast(),
                50,
                Optional.of(new Pick.Next(next, 40)));
        final String told = table().explain(profile(pick));
        assertTrue(told.contains("50.0 Gop/s, 25.0 % more than " + next), told);
    }

    @Test
    void anotherMachinesProfileIsNotFollowed() {
        final Cpu here = Host.current().cpu();
        final CacheSizes caches = here.caches();
        final Machine other = Machine.of(new Cpu(
                here.name(),
                here.signature(),
                here.architecture(),
                here.features(),
                new CacheSizes(caches.l1d(), caches.l2() * 2, caches.l3(), caches.line()),
                here.cores(),
                here.streamingVectorBits(),
                here.source()));
        final TuningProfile foreign =
                new TuningProfile(other, "measured by a test", List.of(), List.of(pick("few/cache", RUNS, 2)));
        assertEquals(6, table().best(foreign).family().maxMr());
        assertEquals(1, warnings.size(), warnings::toString);
        assertTrue(
                warnings.getFirst().startsWith("tuning profile given by the program is not used: it is for the caches"),
                warnings::toString);
    }

    /** Each once, however often a kernel is asked for. */
    @Test
    void picksThatCannotServeAreToldOfAndTheOthersServe() {
        final Variant unknown = new Variant(
                Format.F32,
                Format.F32,
                Format.F32,
                7,
                16,
                1,
                RUNS,
                TableReport.family(RUNS).schedule());
        final TuningProfile profile = profile(
                pick("few/cache", RUNS_NOWHERE_HERE, 2),
                new Pick(ShapeClass.named("one/cache"), unknown, 40, Optional.empty()),
                pick("many/memory", RUNS, 3));
        final DispatchTable<MatMulKernel> table = table();
        for (int i = 0; i < 3; i++) {
            assertEquals(6, table.best(profile).family().maxMr());
        }
        assertEquals(2, warnings.size(), warnings::toString);
        assertTrue(warnings.stream().allMatch(warning -> warning.lines().count() == 1), warnings::toString);
        final String told = table.explain(profile);
        assertTrue(warnings.stream().allMatch(told::contains), told);
        assertTrue(told.contains("this table has no such variant"), told);
        assertEquals(
                1,
                ofShapes(told).stream().filter(line -> line.contains("_3x16_")).count(),
                told);
    }

    /** Put there it decides, taken away it does not: the file that a property names. */
    @Test
    void theProfileThatAPropertyNamesDecides(@TempDir Path folder) throws IOException {
        final Path file = folder.resolve("a.profile");
        Files.writeString(file, profile(pick("few/cache", RUNS, 2)).text());
        final DispatchTable<MatMulKernel> table = table();
        System.setProperty("tilesmith.profile", file.toString());
        try {
            assertEquals(2, table.best().family().maxMr());
            assertTrue(table.explain().contains(file + " (measured by a test)"), table::explain);
            assertTrue(table.explain(9, 5, 5).contains(file + " (measured by a test): 40.0 Gop/s"), table::explain);
            Files.writeString(file, "no profile");
            assertEquals(6, table.best().family().maxMr());
            assertEquals(6, table.best().family().maxMr());
            assertEquals(1, warnings.size(), warnings::toString);
            assertTrue(warnings.getFirst().contains(file.toString()), warnings::toString);
            Files.delete(file);
            assertEquals(6, table.best().family().maxMr());
            assertEquals(2, warnings.size(), warnings::toString);
        } finally {
            System.clearProperty("tilesmith.profile");
        }
        assertEquals(6, table.best().family().maxMr());
        assertFalse(table.explain().contains("measured by a test"), table::explain);
    }

    /** Where the declaration's classes are, a profile is found; what a property names goes before it. */
    @Test
    void theProfileOnTheClassPathIsFound(@TempDir Path folder) throws IOException {
        final Host host = Host.current();
        final TuningProfile profile = profile(pick("few/cache", RUNS, 2));
        final Path file = folder.resolve(TuningProfile.resourceName(profile.machine()));
        Files.createDirectories(file.getParent());
        Files.writeString(file, profile.text());
        final Path named = folder.resolve("named.profile");
        Files.writeString(named, profile(pick("few/cache", RUNS, 3)).text());
        try (URLClassLoader loader =
                new URLClassLoader(new URL[] {folder.toUri().toURL()})) {
            final ProfileSearch search = new ProfileSearch(loader);
            final Settings unset = new Settings(Optional.empty(), true, Optional.empty(), Optional.empty());
            assertEquals(profile, first(search.find(host, unset)));
            final Settings set = new Settings(Optional.empty(), true, Optional.of(named.toString()), Optional.empty());
            assertEquals(profile(pick("few/cache", RUNS, 3)), first(search.find(host, set)));
            final Settings broken =
                    new Settings(Optional.empty(), true, Optional.of(folder.toString()), Optional.empty());
            assertEquals(profile, first(search.find(host, broken)));
            assertEquals(1, search.find(host, broken).refusals().size());
        }
    }

    /** What goes before all others: after them may come one of Tilesmith's own. */
    private static TuningProfile first(Found found) {
        return found.profiles().getFirst().profile();
    }

    /** Settings of a target drive it, whoever chose its families. */
    @Test
    void aTargetIsTunedAsTheProfileSays() {
        final Setting setting = new Setting(RUNS, Knob.LHS_SHARE_OF_L2, 7);
        final TuningProfile profile = new TuningProfile(
                Machine.of(Host.current().cpu()),
                "measured by a test",
                List.of(setting),
                List.of(pick("few/cache", RUNS, 2)));
        final Selection selection = Selection.of(
                new Roster(
                        List.of(new FamilyEntry(TableReport.family(RUNS), (_, _, _) -> {
                            throw new AssertionError("nothing computes");
                        })),
                        Host.current(),
                        Settings.current()),
                ProfileSearch.given(profile, Host.current()));
        for (final ShapeClass shape : ShapeClass.all()) {
            assertTrue(
                    selection.candidates(shape).stream()
                            .allMatch(candidate -> candidate.tuning().get(Knob.LHS_SHARE_OF_L2) == 7),
                    shape::name);
        }
    }

    /** Formats of other declarations are others' business. */
    @Test
    void picksForOtherFormatsAreNotSpokenOf() {
        final Variant other = Variant.parse("f32_qai8dxp4x4_qsi8cxp8x4_4x8_scalar");
        final TuningProfile profile = profile(new Pick(ShapeClass.named("few/cache"), other, 40, Optional.empty()));
        assertEquals(6, table().best(profile).family().maxMr());
        assertEquals(List.of(), warnings);
        assertFalse(table().explain(profile).contains("qai8dx"));
    }

    @Test
    void oneProductIsExplained() {
        final String told = table().explain(3, 100, 7);
        assertEquals("""
            3 x 100 x 7 is few/cache: f32_f32_f32p16x1_6x16_scalar, weights packed as f32p16x1b
              the first that runs here
            """, told);
    }
}
