package dev.tilesmith.cpu;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Emulated Arm CPUs are seen for what they are. */
@Tag("emulated-arm")
final class ArmCpusTest {
    /** The launcher of the emulated JVM; the build says where it is. */
    private static final String JAVA = System.getProperty("arm.java", "the system property arm.java is not set");

    /**
     * @param cpu as qemu calls it, with its settings
     * @param name of the core
     * @param vectorBits of the JVM
     * @param streamingBits of SME's streaming mode, 0 without
     * @param features all that is found
     */
    record Emulated(String cpu, String name, int vectorBits, int streamingBits, List<CpuFeature> features) {
        @Override
        public String toString() {
            return cpu;
        }
    }

    /** After the table of processors in qemu's documentation; its Neoverse-V1 leaves out BF16 of NEON. */
    static Stream<Emulated> cpus() {
        return Stream.of(
                everything("max", 512, 256),
                everything("max,sme-default-vector-length=16", 512, 128),
                everything("max,sme-default-vector-length=64", 512, 512),
                everything("max,sve-default-vector-length=16", 128, 256),
                new Emulated(
                        "neoverse-v1",
                        "Neoverse-V1",
                        256,
                        0,
                        List.of(
                                CpuFeature.NEON,
                                CpuFeature.FP16,
                                CpuFeature.FHM,
                                CpuFeature.DOTPROD,
                                CpuFeature.I8MM,
                                CpuFeature.SVE,
                                CpuFeature.SVE_I8MM,
                                CpuFeature.SVE_BF16)),
                new Emulated(
                        "neoverse-n2",
                        "Neoverse-N2",
                        128,
                        0,
                        List.of(
                                CpuFeature.NEON,
                                CpuFeature.FP16,
                                CpuFeature.FHM,
                                CpuFeature.DOTPROD,
                                CpuFeature.I8MM,
                                CpuFeature.BF16,
                                CpuFeature.SVE,
                                CpuFeature.SVE2,
                                CpuFeature.SVE_I8MM,
                                CpuFeature.SVE_BF16)),
                new Emulated(
                        "neoverse-n1",
                        "Neoverse-N1",
                        128,
                        0,
                        List.of(CpuFeature.NEON, CpuFeature.FP16, CpuFeature.DOTPROD)),
                new Emulated(
                        "cortex-a76",
                        "Cortex-A76",
                        128,
                        0,
                        List.of(CpuFeature.NEON, CpuFeature.FP16, CpuFeature.DOTPROD)),
                new Emulated("cortex-a72", "Cortex-A72", 128, 0, List.of(CpuFeature.NEON)));
    }

    /** The CPU with all that qemu knows, which is all that Tilesmith knows of Arm. */
    private static Emulated everything(String cpu, int vectorBits, int streamingBits) {
        return new Emulated(
                cpu,
                "64-bit Arm (implementer 0x00, part 0x051)",
                vectorBits,
                streamingBits,
                Stream.of(CpuFeature.values())
                        .filter(feature -> feature.architecture() == Architecture.AARCH64)
                        .toList());
    }

    @ParameterizedTest
    @MethodSource("cpus")
    void isSeenInEveryWay(Emulated emulated) throws Exception {
        final List<String> flags = List.of(
                "--add-modules=jdk.incubator.vector",
                "--enable-native-access=ALL-UNNAMED",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC");
        final Map<String, String> report = new ReportingJvm(JAVA, Map.of("ARM_CPU", emulated.cpu())).report(flags);
        final String features = emulated.features().toString();
        final Map<String, String> expected = Map.of(
                "name",
                emulated.name(),
                "features",
                features,
                "GETAUXVAL",
                features,
                "AUXV_FILE",
                features,
                "CPUINFO",
                features,
                "source",
                "AT_HWCAP and AT_HWCAP2 by getauxval",
                "streaming",
                String.valueOf(emulated.streamingBits()),
                "bits",
                String.valueOf(emulated.vectorBits()));
        report.keySet().retainAll(expected.keySet());
        assertEquals(expected, report);
    }
}
