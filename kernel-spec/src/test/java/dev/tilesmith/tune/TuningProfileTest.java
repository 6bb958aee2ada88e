package dev.tilesmith.tune;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tilesmith.cpu.CacheSizes;
import dev.tilesmith.cpu.Cpu;
import dev.tilesmith.cpu.CpuFeature;
import dev.tilesmith.cpu.CpuProfile;
import dev.tilesmith.cpu.Host;
import dev.tilesmith.spec.Format;
import dev.tilesmith.spec.Target;
import dev.tilesmith.spec.Variant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Text and profile are one thing in two forms, whatever a profile says. */
final class TuningProfileTest {
    private static final int PROFILES = 2000;

    private static final String TEXT = """
        tilesmith-profile 1
        cpu AMD EPYC
        signature family 25 model 1
        features avx avx2 fma
        caches 32768 524288 33554432 64
        jdk 25
        source measured 2026-11-30
        tune avx2 fetch-near 4096 bytes
        pick many/memory f32_f32_f32p16x1_6x16x2_avx2_nofetch 97 gops
        pick one/cache f32_f32_f32p16x1_1x16_avx2 41.2 gops, then f32_f32_f32p16x1_1x16_vector256 39.9 gops
        """;

    private static void forRandomProfiles(Consumer<RandomProfiles> test) {
        for (int seed = 0; seed < PROFILES; seed++) {
            test.accept(new RandomProfiles(new Random(seed)));
        }
    }

    @Test
    void aProfileOfWhichEveryLineIsKnown() {
        final TuningProfile profile = TuningProfile.parse(TEXT);
        assertEquals(
                new TuningProfile(
                        new Machine(
                                "AMD EPYC",
                                "family 25 model 1",
                                Set.of(CpuFeature.FMA, CpuFeature.AVX2, CpuFeature.AVX),
                                new CacheSizes(32 << 10, 512 << 10, 32 << 20, 64),
                                25),
                        "measured 2026-11-30",
                        List.of(new Setting(Target.AVX2, Knob.FETCH_NEAR, 4096)),
                        List.of(
                                new Pick(
                                        ShapeClass.named("one/cache"),
                                        Variant.parse("f32_f32_f32p16x1_1x16_avx2"),
                                        41.2,
                                        Optional.of(
                                                new Pick.Next(Variant.parse("f32_f32_f32p16x1_1x16_vector256"), 39.9))),
                                new Pick(
                                        ShapeClass.named("many/memory"),
                                        Variant.parse("f32_f32_f32p16x1_6x16x2_avx2_nofetch"),
                                        97,
                                        Optional.empty()))),
                profile);
        assertEquals(TEXT, profile.text());
        assertEquals(
                "META-INF/tilesmith/amd-epyc-family-25-model-1-32k-512k-32768k.profile",
                TuningProfile.resourceName(profile.machine()));
    }

    @Test
    void textIsReadAsWhatWasWritten() {
        forRandomProfiles(random -> {
            final TuningProfile profile = random.any();
            assertEquals(profile, TuningProfile.parse(profile.text()));
        });
    }

    @Test
    void linesMayBeInAnyOrderAndAmongRemarks() {
        forRandomProfiles(random -> {
            final TuningProfile profile = random.any();
            final List<String> lines = new ArrayList<>(profile.text().lines().toList());
            final String version = lines.removeFirst();
            Collections.addAll(lines, "", "# as of today", "#");
            Collections.shuffle(lines, new Random(lines.size()));
            final TuningProfile read = TuningProfile.parse(version + "\n" + String.join("\n", lines) + "\n");
            assertEquals(profile, read);
            assertEquals(profile.text(), read.text());
        });
    }

    @Test
    void aLineOfAKindIsAfterThoseThatAreLessAsText() {
        forRandomProfiles(random -> {
            final TuningProfile profile = random.any();
            for (final String kind : List.of("tune ", "pick ")) {
                final List<String> lines = profile.text()
                        .lines()
                        .filter(line -> line.startsWith(kind))
                        .toList();
                assertEquals(lines.stream().sorted().toList(), lines);
            }
        });
    }

    @Test
    void aPickIsFoundByWhatItAnswers() {
        forRandomProfiles(random -> {
            final TuningProfile profile = random.any();
            profile.picks().forEach(pick -> {
                final Variant best = pick.variant();
                assertEquals(Optional.of(pick), profile.pick(best.dst(), best.lhs(), best.rhs(), pick.shape()));
                final Set<Variant> variants = profile.variantsOf(best.dst(), best.lhs(), best.rhs());
                assertTrue(variants.contains(best));
                pick.next().ifPresent(next -> assertTrue(variants.contains(next.variant())));
            });
            for (final ShapeClass shape : ShapeClass.all()) {
                assertEquals(
                        profile.picks().stream()
                                .filter(pick -> pick.shape().equals(shape)
                                        && pick.variant().dst() == Format.F32
                                        && pick.variant().lhs() == Format.F32
                                        && pick.variant().rhs() == Format.F32)
                                .findFirst(),
                        profile.pick(Format.F32, Format.F32, Format.F32, shape));
            }
        });
    }

    @Test
    void aTargetIsTunedByItsSettingsAndElseByWhatItIsWithoutAProfile() {
        forRandomProfiles(random -> {
            final TuningProfile profile = random.any();
            for (final Target target : Target.values()) {
                final Tuning tuning = profile.tuning(target);
                for (final Knob knob : Knob.values()) {
                    final long expected = profile.settings().stream()
                            .filter(setting -> setting.target() == target && setting.knob() == knob)
                            .mapToLong(Setting::value)
                            .findFirst()
                            .orElse(Tuning.of(target).get(knob));
                    assertEquals(expected, tuning.get(knob));
                }
            }
        });
    }

    @Test
    void aMergedProfileHasTheFactsOfBothAndOfTwoTheOthers() {
        forRandomProfiles(random -> {
            final TuningProfile one = random.any();
            final TuningProfile drawn = random.any();
            final TuningProfile other =
                    new TuningProfile(one.machine(), drawn.source(), drawn.settings(), drawn.picks());
            final TuningProfile merged = one.merge(other);
            final Map<Object, Object> expected = facts(one);
            expected.putAll(facts(other));
            assertEquals(expected, facts(merged));
            assertEquals(merged, TuningProfile.parse(merged.text()));
            assertEquals(merged, merged.merge(other));
            assertEquals(one, one.merge(one));
        });
    }

    private static Map<Object, Object> facts(TuningProfile profile) {
        final Map<Object, Object> facts = new HashMap<>();
        profile.settings().forEach(setting -> facts.put(setting.place(), setting));
        profile.picks().forEach(pick -> facts.put(pick.question(), pick));
        return facts;
    }

    @Test
    void sourcesOfMergedProfilesAreAllToldTheNewestLastWithoutTheOldestThatHaveNoRoom() {
        assertEquals("1; 2; 3", mergedSource("1", "2", "3"));
        assertEquals("1; 3; 2", mergedSource("1", "2", "3", "2"));
        assertEquals("1; 2; 3", mergedSource("1; 2", "2; 3"));
        final String most = "x".repeat(200);
        assertEquals(most, mergedSource("1", "2", most));
        assertEquals("2; " + "y".repeat(197), mergedSource("1", "2", "y".repeat(197)));
        assertEquals("3", mergedSource(most, "3"));
    }

    private static String mergedSource(String... sources) {
        final Machine machine = TuningProfile.parse(TEXT).machine();
        return Arrays.stream(sources)
                .map(source -> new TuningProfile(machine, source, List.of(), List.of()))
                .reduce(TuningProfile::merge)
                .orElseThrow()
                .source();
    }

    @Test
    void aProfileOfAnotherMachineIsNotMerged() {
        final TuningProfile here = TuningProfile.parse(TEXT);
        final TuningProfile there = TuningProfile.parse(TEXT.replace("jdk 25", "jdk 26"));
        assertEquals(
                "other: it is for JDK '26', and this is '25'; expected a profile of the same machine",
                assertThrows(IllegalArgumentException.class, () -> here.merge(there))
                        .getMessage());
    }

    @Test
    void everyKnownCpuAndThisOneIsAMachine() {
        final List<Cpu> cpus =
                new ArrayList<>(CpuProfile.all().stream().map(CpuProfile::cpu).toList());
        cpus.add(Host.current().cpu());
        cpus.forEach(cpu -> {
            final Machine machine = Machine.of(cpu);
            assertEquals(cpu.features(), machine.features());
            assertEquals(Runtime.version().feature(), machine.jdk());
            final TuningProfile empty = new TuningProfile(machine, "a test", List.of(), List.of());
            assertEquals(empty, TuningProfile.parse(empty.text()));
            assertTrue(
                    TuningProfile.resourceName(machine).matches("META-INF/tilesmith/[a-z0-9][a-z0-9-]*\\.profile"),
                    TuningProfile.resourceName(machine));
        });
    }

    @Test
    void aMachineWhoseSystemNamesItOddlyIsOneToo() {
        final Cpu cpu = CpuProfile.named("zen4").cpu();
        for (final String name : List.of("", "  ", "\n", "a  b", " Größe\0\u2028# ", "x".repeat(1000), "../../etc")) {
            final Machine machine = Machine.of(new Cpu(
                    name, name, cpu.architecture(), cpu.features(), cpu.caches(), cpu.cores(), 0, cpu.source()));
            final TuningProfile empty = new TuningProfile(machine, "a test", List.of(), List.of());
            assertEquals(empty, TuningProfile.parse(empty.text()));
            assertTrue(TuningProfile.resourceName(machine).matches("META-INF/tilesmith/[a-z0-9][a-z0-9-]*\\.profile"));
        }
    }

    @Test
    void machinesDifferByEachOfTheirParts() {
        final Machine here = TuningProfile.parse(TEXT).machine();
        assertEquals(Optional.empty(), here.unlike(TuningProfile.parse(TEXT).machine()));
        final Map<String, String> changes = Map.of(
                "cpu AMD EPYC", "it is for the CPU 'AMD EPYC 2', and this is 'AMD EPYC'",
                "model 1", "it is for the signature 'family 25 model 1 2', and this is 'family 25 model 1'",
                "avx2 fma", "it is for the features 'avx avx2 fma bmi2', and this is 'avx avx2 fma'",
                "524288", "it is for the caches '32768 5242882 33554432 64', and this is '32768 524288 33554432 64'",
                "jdk 25", "it is for JDK '252', and this is '25'");
        changes.forEach((part, difference) -> {
            final String more =
                    switch (part) {
                        case "avx2 fma" -> " bmi2";
                        case "524288", "jdk 25" -> "2";
                        default -> " 2";
                    };
            final Machine there =
                    TuningProfile.parse(TEXT.replace(part, part + more)).machine();
            assertEquals(Optional.of(difference), there.unlike(here));
        });
    }

    @Test
    void speedsHaveFourDigits() {
        final Pick pick = TuningProfile.parse(TEXT).picks().getLast();
        final double[] exact = {1e-6, 0.1, 1, 9.999, 1000, 12340, 1e9};
        for (final double gops : exact) {
            assertEquals(gops, new Pick(pick.shape(), pick.variant(), gops, Optional.empty()).gops());
        }
        assertEquals(12.35, new Pick(pick.shape(), pick.variant(), 12.3456789, Optional.empty()).gops());
        final double[] refused = {0, -1, 1e-7, 1.1e9, Double.NaN, Double.POSITIVE_INFINITY, Double.MIN_VALUE};
        for (final double gops : refused) {
            assertThrows(
                    IllegalArgumentException.class,
                    () -> new Pick(pick.shape(), pick.variant(), gops, Optional.empty()),
                    () -> "" + gops);
        }
    }

    @Test
    void aFactIsNotToldTwice() {
        final TuningProfile profile = TuningProfile.parse(TEXT);
        final Setting setting = profile.settings().getFirst();
        final Pick pick = profile.picks().getFirst();
        for (final Knob knob : Arrays.asList(Knob.values())) {
            final Setting other = new Setting(
                    setting.target(), knob, Tuning.of(setting.target()).get(knob));
            assertEquals(
                    knob == setting.knob(),
                    isRefused(
                            () -> new TuningProfile(profile.machine(), "x", List.of(setting, other), profile.picks())));
        }
        assertTrue(isRefused(() -> new TuningProfile(
                profile.machine(),
                "x",
                List.of(),
                List.of(pick, new Pick(pick.shape(), pick.variant(), 1, Optional.empty())))));
    }

    private static boolean isRefused(Runnable action) {
        try {
            action.run();
            return false;
        } catch (IllegalArgumentException e) {
            return true;
        }
    }
}
