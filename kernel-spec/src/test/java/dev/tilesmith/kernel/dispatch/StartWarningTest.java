package dev.tilesmith.kernel.dispatch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tilesmith.cpu.ReportingJvm;
import dev.tilesmith.cpu.ReportingJvm.Output;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** What the log says of a JVM that could have been started better: what helps there, and nothing that does not. */
@EnabledOnOs(OS.LINUX)
class StartWarningTest {
    private static final String VECTORS = "--add-modules=jdk.incubator.vector";
    private static final String DENY = "--illegal-native-access=deny";
    private static final ReportingJvm JVM = new ReportingJvm(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(), Map.of());

    @Test
    void allFlagsAreNoReasonToWarn() throws Exception {
        final Output output = JVM.run(List.of(VECTORS, "--enable-native-access=ALL-UNNAMED"), TableReport.class);
        assertEquals("", warnings(output));
    }

    /** Machine code does not need the Vector API. */
    @Test
    void withoutFlagsMachineCodeRunsAndTheJvmWarns() throws Exception {
        final Output output = JVM.run(List.of(), TableReport.class);
        assertFalse(output.stdout().contains("served: SCALAR"), output::stdout);
        assertEquals("", warnings(output));
        assertTrue(output.stderr().contains("--enable-native-access=ALL-UNNAMED"), output::stderr);
    }

    @Test
    void deniedNativeAccessIsToldWhereTheVectorApiServes() throws Exception {
        final Output output = JVM.run(List.of(VECTORS, DENY), TableReport.class);
        assertTrue(output.stdout().contains("served: VECTOR_128"), output::stdout);
        final String warnings = warnings(output);
        assertTrue(warnings.contains("by the Vector API"), warnings);
        assertTrue(warnings.contains("native access is denied"), warnings);
        assertTrue(warnings.contains("--enable-native-access=ALL-UNNAMED"), warnings);
        assertFalse(warnings.contains("--add-modules"), warnings);
    }

    @Test
    void whatTheJvmHasIsNotAdvised() throws Exception {
        final Output output =
                JVM.run(List.of("--enable-native-access=ALL-UNNAMED", "-Dtilesmith.native=off"), TableReport.class);
        assertTrue(output.stdout().contains("served: SCALAR"), output::stdout);
        final String warnings = warnings(output);
        assertTrue(warnings.contains("scalar code"), warnings);
        assertTrue(warnings.contains(VECTORS), warnings);
        assertTrue(warnings.contains("-Dtilesmith.native=off"), warnings);
        assertFalse(warnings.contains("--enable-native-access"), warnings);
    }

    @Test
    void onTheModulePathTheModuleIsNamed() throws Exception {
        final Output output = JVM.runInModule(List.of(DENY), TableReport.class);
        assertTrue(output.stdout().contains("served: SCALAR"), output::stdout);
        final String warnings = warnings(output);
        assertTrue(warnings.contains(VECTORS), warnings);
        assertTrue(warnings.contains("--enable-native-access=dev.tilesmith.spec"), warnings);
        assertFalse(warnings.contains("ALL-UNNAMED"), warnings);
    }

    @Test
    void whatWasAskedForIsNoReasonToWarn() throws Exception {
        final Output bySetting = JVM.run(List.of(VECTORS, "-Dtilesmith.native=off"), TableReport.class);
        assertTrue(bySetting.stdout().contains("served: VECTOR_128"), bySetting::stdout);
        assertEquals("", warnings(bySetting));
        final Output byDeclaration = JVM.run(List.of(), TableReport.class, "SCALAR");
        assertTrue(byDeclaration.stdout().contains("served: SCALAR"), byDeclaration::stdout);
        assertEquals("", warnings(byDeclaration));
    }

    @Test
    void itIsSaidOnce() throws Exception {
        final String warnings = warnings(JVM.run(List.of(VECTORS, DENY), TableReport.class));
        assertEquals(
                1,
                warnings.lines()
                        .filter(line -> line.contains("Tilesmith computes"))
                        .count(),
                warnings);
    }

    /** Without the two lines of the JVM's own that come with the incubating module, and those of a restricted method. */
    private static String warnings(Output output) {
        return String.join(
                "\n",
                output.stderr()
                        .lines()
                        .filter(line -> !line.startsWith("WARNING: ") || line.contains("Tilesmith"))
                        .toList());
    }
}
