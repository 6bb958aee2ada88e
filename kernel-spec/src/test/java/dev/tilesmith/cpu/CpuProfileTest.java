package dev.tilesmith.cpu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class CpuProfileTest {
    static Stream<CpuProfile> all() {
        return CpuProfile.all().stream();
    }

    @ParameterizedTest
    @MethodSource("all")
    void everyNameFindsItsProfileHoweverItIsSpelt(CpuProfile profile) {
        for (final String name : profile.names()) {
            for (final String spelling : List.of(
                    name,
                    name.toUpperCase(Locale.ROOT),
                    name.replace('-', '_'),
                    name.replace('-', ' '),
                    name.replace("-", ""))) {
                assertSame(profile, CpuProfile.named(spelling), spelling);
            }
        }
    }

    @Test
    void noTwoProfilesShareAName() {
        final Map<String, CpuProfile> seen = new HashMap<>();
        all().forEach(profile -> profile.names().forEach(name -> {
            final CpuProfile other = seen.put(name.replace("-", ""), profile);
            assertTrue(other == null, name + " is also " + other);
        }));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "graviton2",
                "graviton3",
                "graviton4",
                "yitian710",
                "grace",
                "tensor g3",
                "snapdragon 8 gen 1",
                "dimensity9000",
                "apple-m1",
                "apple-m2",
                "apple-m4",
                "altra",
                "raspberry pi 5",
                "raspberry pi 4",
                "haswell",
                "skylake-sp",
                "cascadelake",
                "icelake-sp",
                "alderlake",
                "sapphire_rapids",
                "granite rapids",
                "zen2",
                "zen3",
                "ZEN4",
                "Zen 5",
                "neoverse-n1",
                "neoverse-v1",
                "neoverse-v2",
                "neoverse-n2"
            })
    void theCpusThatOneAsksForAreThere(String name) {
        assertFalse(CpuProfile.named(name).cpu().source().isEmpty());
    }

    @ParameterizedTest
    @CsvSource({"gravitron3, graviton3", "zen-6, zen2", "aple m4, apple-m4", "skylakesp2, skylake-sp"})
    void anUnknownNameIsToldTheNearest(String name, String nearest) {
        final String message = assertThrows(IllegalArgumentException.class, () -> CpuProfile.named(name))
                .getMessage();
        assertTrue(message.contains("'" + name + "'"), message);
        assertTrue(message.contains("did you mean '" + nearest + "'"), message);
        all().forEach(profile -> assertTrue(message.contains(profile.name()), message));
    }

    @Test
    void everyArmCpuHasNeonAndEveryFeatureThatItsFeaturesNeed() {
        all().map(CpuProfile::cpu)
                .filter(cpu -> cpu.architecture() == Architecture.AARCH64)
                .forEach(cpu -> {
                    assertTrue(cpu.has(CpuFeature.NEON), cpu.name());
                    assertTrue(!cpu.has(CpuFeature.SVE2) || cpu.has(CpuFeature.SVE), cpu.name());
                    assertTrue(!cpu.has(CpuFeature.SME2) || cpu.has(CpuFeature.SME), cpu.name());
                    assertEquals(cpu.has(CpuFeature.SME), cpu.streamingVectorBits() > 0, cpu.name());
                });
    }

    @ParameterizedTest
    @CsvSource({
        "apple-m1, I8MM, false",
        "apple-m1, DOTPROD, true",
        "apple-m2, I8MM, true",
        "apple-m4, SVE, false",
        "apple-m4, SME2, true",
        "rpi4, DOTPROD, false",
        "rpi5, DOTPROD, true",
        "graviton2, I8MM, false",
        "graviton3, SVE2, false",
        "graviton3, BF16, true",
        "tensor-g3, BF16, false",
        "alder-lake, AVX_VNNI, true",
        "alder-lake, AVX512, false",
        "skylake-sp, AVX512_VNNI, false",
        "cascade-lake, AVX512_VNNI, true",
        "zen4, AVX_VNNI, false",
        "zen5, AVX_VNNI, true",
        "zen3, AVX512, false",
        "sapphire-rapids, AMX_INT8, true",
        "ice-lake-sp, AVX512_BF16, false"
    })
    void whatTellsNeighboursApart(String name, CpuFeature feature, boolean has) {
        assertEquals(has, CpuProfile.named(name).cpu().has(feature));
    }
}
