package dev.tilesmith.cpu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tilesmith.cpu.JvmVectorSupport.Fma;
import dev.tilesmith.cpu.JvmVectorSupport.VectorModule;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class LinuxDetectionTest {
    private static final JvmVectorSupport NO_VECTORS = new JvmVectorSupport(VectorModule.LEFT_OUT, 0, Fma.UNKNOWN);
    private static final String CPUINFO = "/proc/cpuinfo";

    private static final Map<String, String> SAMPLES = Map.ofEntries(
            Map.entry("zen4", CpuinfoSamples.ZEN4),
            Map.entry("zen5", CpuinfoSamples.ZEN5),
            Map.entry("cascade-lake", CpuinfoSamples.CASCADE_LAKE),
            Map.entry("sapphire-rapids", CpuinfoSamples.SAPPHIRE_RAPIDS),
            Map.entry("graviton2", CpuinfoSamples.NEOVERSE_N1),
            Map.entry("graviton3", CpuinfoSamples.NEOVERSE_V1),
            Map.entry("yitian710", CpuinfoSamples.NEOVERSE_N2),
            Map.entry("tensor-g3", CpuinfoSamples.TENSOR_G3),
            Map.entry("apple-m1", CpuinfoSamples.APPLE_M1),
            Map.entry("rpi4", CpuinfoSamples.CORTEX_A72));

    private static Cpu detect(SystemSource system) {
        return new CpuDetector(system).detect(NO_VECTORS);
    }

    private static FakeSystem arm() {
        return FakeSystem.of("Linux", "aarch64");
    }

    private static FakeSystem x86() {
        return FakeSystem.of("Linux", "amd64");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "zen4",
                "zen5",
                "cascade-lake",
                "sapphire-rapids",
                "graviton2",
                "graviton3",
                "yitian710",
                "tensor-g3",
                "apple-m1",
                "rpi4"
            })
    void aListingGivesTheFeaturesOfItsProfile(String name) {
        final Cpu profile = CpuProfile.named(name).cpu();
        final String osArch = profile.architecture() == Architecture.X86_64 ? "amd64" : "aarch64";
        final Cpu cpu = detect(FakeSystem.of("Linux", osArch).file(CPUINFO, SAMPLES.get(name)));
        assertEquals(profile.features(), cpu.features());
    }

    @Test
    void tilesAreThoseThatTheSystemLists() {
        final Set<CpuFeature> tiles = EnumSet.of(CpuFeature.AMX_TILE, CpuFeature.AMX_INT8, CpuFeature.AMX_BF16);
        final EnumSet<CpuFeature> expected =
                EnumSet.copyOf(CpuProfile.named("sapphire-rapids").cpu().features());
        expected.removeAll(tiles);
        assertEquals(
                expected,
                detect(x86().file(CPUINFO, CpuinfoSamples.SAPPHIRE_RAPIDS_WITHOUT_TILES))
                        .features());
    }

    @Test
    void theModelNameOfX86IsTheFirst() {
        assertEquals(
                "AMD EPYC 9755 128-Core Processor",
                detect(x86().file(CPUINFO, CpuinfoSamples.ZEN5)).name());
    }

    @Test
    void x86IdentifiesItselfByFamilyAndModelWhereTheSystemTells() {
        assertEquals(
                "family 26 model 2",
                detect(x86().file(CPUINFO, CpuinfoSamples.ZEN5)).signature());
        final String untold = CpuinfoSamples.ZEN5.replaceAll("(?m)^(cpu family|model)\\s*:.*\n", "");
        assertEquals("", detect(x86().file(CPUINFO, untold)).signature());
        assertEquals("", detect(arm().file(CPUINFO, CpuinfoSamples.TENSOR_G3)).signature());
    }

    @Test
    void armCoresAreNamedInTheOrderOfTheProcessors() {
        assertEquals(
                "Cortex-A510 + Cortex-A715 + Cortex-X3",
                detect(arm().file(CPUINFO, CpuinfoSamples.TENSOR_G3)).name());
        assertEquals(
                "Apple M1 Icestorm + Apple M1 Firestorm",
                detect(arm().file(CPUINFO, CpuinfoSamples.APPLE_M1)).name());
    }

    @Test
    void anUnknownCoreIsNamedByItsNumbers() {
        assertEquals(
                "64-bit Arm (implementer 0x99, part 0xabc)",
                detect(arm().file(CPUINFO, CpuinfoSamples.arm("0x99", "0xabc", "fp asimd")))
                        .name());
    }

    @Test
    void onlyWhatEveryProcessorHasCounts() {
        final String mixed = CpuinfoSamples.ZEN5 + CpuinfoSamples.CASCADE_LAKE;
        assertEquals(
                CpuProfile.named("cascade-lake").cpu().features(),
                detect(x86().file(CPUINFO, mixed)).features());
    }

    @Test
    void avx512NeedsAllFourOfItsFlags() {
        for (final String flag : CpuFeature.AVX512.flags()) {
            final String without = CpuinfoSamples.ZEN5.replaceAll(flag + "\\b", "");
            assertTrue(!detect(x86().file(CPUINFO, without)).has(CpuFeature.AVX512), flag);
        }
    }

    /** The bits again, from hwcap.h, where a slip of the pen in the enum would show. */
    @ParameterizedTest
    @CsvSource({
        "NEON, 0x2, 0",
        "FP16, 0x400, 0",
        "DOTPROD, 0x100000, 0",
        "SVE, 0x400000, 0",
        "FHM, 0x800000, 0",
        "SVE2, 0, 0x2",
        "SVE_I8MM, 0, 0x200",
        "SVE_BF16, 0, 0x1000",
        "I8MM, 0, 0x2000",
        "BF16, 0, 0x4000",
        "SME, 0, 0x800000",
        "SME_I16I64, 0, 0x1000000",
        "SME_F64F64, 0, 0x2000000",
        "SME2, 0, 0x2000000000"
    })
    void aBitOfTheAuxiliaryVectorIsItsFeature(CpuFeature feature, String hwcap, String hwcap2) {
        final Cpu cpu = detect(arm().hwcaps(Long.decode(hwcap) | 2, Long.decode(hwcap2)));
        assertEquals(EnumSet.of(CpuFeature.NEON, feature), cpu.features());
    }

    @Test
    void theTableOfBitsAboveIsComplete() throws NoSuchMethodException {
        final CsvSource rows = LinuxDetectionTest.class
                .getDeclaredMethod("aBitOfTheAuxiliaryVectorIsItsFeature", CpuFeature.class, String.class, String.class)
                .getAnnotation(CsvSource.class);
        assertEquals(
                EnumSet.allOf(CpuFeature.class).stream()
                        .filter(feature -> feature.architecture() == Architecture.AARCH64)
                        .count(),
                rows.value().length);
    }

    @ParameterizedTest
    @EnumSource
    void theThreeWaysOnArmAgree(LinuxArm.Way way) {
        final long hwcap = 1L << 1 | 1L << 10 | 1L << 20;
        final long hwcap2 = 1L << 13;
        final FakeSystem system = arm();
        switch (way) {
            case GETAUXVAL -> system.hwcaps(hwcap, hwcap2);
            case AUXV_FILE -> system.file("/proc/self/auxv", words(6, 4096, 16, hwcap, 26, hwcap2, 0, 0));
            case CPUINFO -> system.file(CPUINFO, CpuinfoSamples.arm("0x41", "0xd0c", "fp asimd asimdhp asimddp i8mm"));
        }
        assertEquals(
                EnumSet.of(CpuFeature.NEON, CpuFeature.FP16, CpuFeature.DOTPROD, CpuFeature.I8MM),
                detect(system).features());
    }

    @Test
    void theSourceTellsWhichWayWasTakenAndWhichWereClosed() {
        final String source =
                detect(arm().file(CPUINFO, CpuinfoSamples.NEOVERSE_N1)).source();
        assertTrue(source.startsWith("Features of /proc/cpuinfo"), source);
        assertTrue(source.contains("native access is off") && source.contains("/proc/self/auxv"), source);
    }

    @Test
    void aTruncatedAuxiliaryVectorLeadsToTheNextWay() {
        final Cpu cpu = detect(arm().file("/proc/self/auxv", new byte[23]).file(CPUINFO, CpuinfoSamples.NEOVERSE_N1));
        assertTrue(cpu.has(CpuFeature.DOTPROD), cpu.source());
    }

    @Test
    void streamingVectorsComeFromTheCall() {
        // Bit 17 is PR_SME_VL_INHERIT: it is no part of the length.
        final Cpu cpu = detect(arm().hwcaps(2, 1L << 23).control(64, 1 << 17 | 64));
        assertEquals(512, cpu.streamingVectorBits());
    }

    @Test
    void streamingVectorsComeFromTheFileWhereTheCallFails() {
        final Cpu cpu = detect(arm().hwcaps(2, 1L << 23).file("/proc/sys/abi/sme_default_vector_length", "32\n"));
        assertEquals(256, cpu.streamingVectorBits());
    }

    @Test
    void withoutSmeThereAreNoStreamingVectors() {
        assertEquals(0, detect(arm().hwcaps(2, 0).control(64, 64)).streamingVectorBits());
    }

    @Test
    void anImpossibleStreamingLengthCountsAsUnknown() {
        assertEquals(0, detect(arm().hwcaps(2, 1L << 23).control(64, 48)).streamingVectorBits());
    }

    @Test
    void armWithoutAnyWayIsTheBaseline() {
        final Cpu cpu = detect(arm());
        assertEquals(Set.of(CpuFeature.NEON), cpu.features());
        assertTrue(cpu.source().contains("baseline"), cpu.source());
    }

    @Test
    void x86WithoutCpuinfoIsJudgedByTheJvm() {
        final Cpu cpu = new CpuDetector(x86()).detect(new JvmVectorSupport(VectorModule.RESOLVED, 256, Fma.HARDWARE));
        assertEquals(
                EnumSet.of(
                        CpuFeature.SSE4_2,
                        CpuFeature.AVX,
                        CpuFeature.AVX2,
                        CpuFeature.FMA,
                        CpuFeature.BMI1,
                        CpuFeature.BMI2),
                cpu.features());
        assertTrue(cpu.source().contains("/proc/cpuinfo"), cpu.source());
    }

    private static byte[] words(long... words) {
        final ByteBuffer bytes = ByteBuffer.allocate(words.length * Long.BYTES).order(ByteOrder.nativeOrder());
        for (final long word : words) {
            bytes.putLong(word);
        }
        return bytes.array();
    }
}
