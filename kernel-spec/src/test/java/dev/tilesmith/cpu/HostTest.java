package dev.tilesmith.cpu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** What is found on this machine, in this JVM and in JVMs held to less. */
class HostTest {
    private static final String VECTORS = "--add-modules=jdk.incubator.vector";
    private static final int AT_PAGESZ = 6;

    @Test
    void itIsLookedAtOnce() {
        assertSame(Host.current(), Host.current());
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void everyFeatureAgreesWithTheKernelsList() throws IOException {
        final Host host = Host.detect();
        final String cpuinfo = Files.readString(Path.of("/proc/cpuinfo"));
        for (final CpuFeature feature : CpuFeature.values()) {
            final boolean listed = feature.architecture() == host.cpu().architecture()
                    && feature.flags().stream()
                            .allMatch(flag -> Pattern.compile("(?m)^(flags|Features)\\s*:.*\\b" + flag + "\\b")
                                    .matcher(cpuinfo)
                                    .find());
            assertEquals(
                    listed, host.cpu().has(feature), feature + ", " + host.cpu().source());
        }
    }

    @Test
    void aJvmWithoutTheVectorModuleSaysSo() throws Exception {
        final Map<String, String> report = report(List.of());
        assertEquals("false", report.get("module"));
        assertEquals("0", report.get("bits"));
    }

    @Test
    void aJvmWithTheVectorModuleTellsItsWidth() throws Exception {
        final Map<String, String> report = report(List.of(VECTORS));
        assertEquals("true", report.get("module"));
        assertTrue(Integer.parseInt(report.get("bits")) >= 128, report::toString);
    }

    @Test
    void aJvmWithoutFmaSaysSo() throws Exception {
        final Map<String, String> report = report(List.of(VECTORS, "-XX:-UseFMA"));
        assertEquals("Optional[false]", report.get("fma"));
        assertEquals("false", report.get("javaFma"));
    }

    @Test
    void aJvmOfTheBaseModuleAloneGoesByTheCpu() throws Exception {
        final Map<String, String> report = report(List.of("--limit-modules=java.base"));
        assertEquals("Optional.empty", report.get("fma"));
        final Cpu cpu = Host.current().cpu();
        assertEquals(
                cpu.has(CpuFeature.FMA) || cpu.architecture() == Architecture.AARCH64,
                Boolean.parseBoolean(report.get("javaFma")));
    }

    @Test
    void aJvmHeldToShorterVectorsTellsThoseAndNotTheCpus() throws Exception {
        final Map<String, String> report = report(List.of(VECTORS, "-XX:MaxVectorSize=16"));
        assertEquals("128", report.get("bits"));
        assertEquals(Host.current().cpu().features().toString(), report.get("features"));
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void theAuxiliaryVectorReadsTheSameByCallAndByFile() throws Exception {
        final long byFile = new AuxiliaryVector(Files.readAllBytes(Path.of("/proc/self/auxv"))).value(AT_PAGESZ);
        final Map<String, String> report =
                report(List.of("--enable-native-access=ALL-UNNAMED"), String.valueOf(AT_PAGESZ));
        assertEquals(String.valueOf(byFile), report.get("getauxval"));
        assertTrue(byFile >= 4096, () -> "page of " + byFile + " bytes");
    }

    @Test
    void detectionPrintsNoWarning() throws Exception {
        final Map<String, String> report = report(List.of());
        assertEquals("", report.get("stderr"));
    }

    private static Map<String, String> report(List<String> flags, String... args) throws Exception {
        return new ReportingJvm(java(), Map.of()).report(flags, args);
    }

    /** The launcher: the system property {@code jvm} where the JVM is emulated, for then it is not the JVM's own file. */
    private static String java() {
        return System.getProperty(
                "jvm", Path.of(System.getProperty("java.home"), "bin", "java").toString());
    }
}
