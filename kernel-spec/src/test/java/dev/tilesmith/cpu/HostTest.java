package dev.tilesmith.cpu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
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
        assertEquals("SOFTWARE", report.get("fma"));
        assertEquals("false", report.get("javaFma"));
    }

    @Test
    void aJvmOfTheBaseModuleAloneGoesByTheCpu() throws Exception {
        final Map<String, String> report = report(List.of("--limit-modules=java.base"));
        assertEquals("UNKNOWN", report.get("fma"));
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
        final Path stderr = Files.createTempFile("host-report", ".err");
        try {
            final List<String> command = new ArrayList<>();
            command.add(java());
            command.addAll(flags);
            command.addAll(List.of("-cp", classPath(Host.class) + File.pathSeparator + classPath(HostReport.class)));
            command.add(HostReport.class.getName());
            command.addAll(List.of(args));
            final Process process =
                    new ProcessBuilder(command).redirectError(stderr.toFile()).start();
            final String output;
            try (var reader = process.inputReader()) {
                output = reader.readAllAsString();
            }
            assertEquals(0, process.waitFor(), () -> output);
            final Map<String, String> report = new HashMap<>();
            output.lines().forEach(line -> {
                final String[] pair = line.split("=", 2);
                report.put(pair[0], pair[1]);
            });
            report.put("stderr", Files.readString(stderr));
            return report;
        } finally {
            Files.delete(stderr);
        }
    }

    /** The launcher: Surefire hands on its own setting {@code jvm}, which under emulation is not the JVM's own file. */
    private static String java() {
        return System.getProperty(
                "jvm", Path.of(System.getProperty("java.home"), "bin", "java").toString());
    }

    /** The folder that a class was compiled to: both kinds of classes are in one module here. */
    private static String classPath(Class<?> type) throws Exception {
        final String name = type.getName().replace('.', '/') + ".class";
        final String path = Path.of(type.getResource("/" + name).toURI()).toString();
        return path.substring(0, path.length() - name.length() - 1);
    }
}
