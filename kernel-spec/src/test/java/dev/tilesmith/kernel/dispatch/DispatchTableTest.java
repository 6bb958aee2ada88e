package dev.tilesmith.kernel.dispatch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tilesmith.cpu.CpuProfile;
import dev.tilesmith.cpu.Host;
import dev.tilesmith.cpu.JvmVectorSupport;
import dev.tilesmith.cpu.JvmVectorSupport.Fma;
import dev.tilesmith.cpu.JvmVectorSupport.VectorModule;
import dev.tilesmith.cpu.ReportingJvm;
import dev.tilesmith.spec.Target;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a table says of its choice. */
class DispatchTableTest {
    private static final List<Target> TARGETS =
            List.of(Target.AVX2, Target.VECTOR_256, Target.VECTOR_128, Target.SCALAR);

    private static String explain(VectorModule module) {
        final int bits = module == VectorModule.RESOLVED ? 256 : 0;
        final Host host = new Host(CpuProfile.named("zen3").cpu(), new JvmVectorSupport(module, bits, Fma.HARDWARE));
        return TableReport.table("Linear", TARGETS).explain(host);
    }

    @Test
    void aModuleThatWasLeftOutIsAddedByAFlag() {
        final String explanation = explain(VectorModule.LEFT_OUT);
        assertEquals(3, occurrences("the JVM was started without --add-modules=jdk.incubator.vector", explanation));
    }

    /** A flag does not help there: the JVM would not start. */
    @Test
    void anImageWithoutTheModuleIsLinkedAnew() {
        final String explanation = explain(VectorModule.ABSENT);
        assertFalse(explanation.contains("started"), explanation);
        assertEquals(3, occurrences("jlink", explanation), explanation);
    }

    @Test
    void theVectorApiIsNotMissedWhereItIs() {
        final String explanation = explain(VectorModule.RESOLVED);
        assertTrue(explanation.contains("Vector API of 256 bits"), explanation);
        assertFalse(explanation.contains("jdk.incubator.vector"), explanation);
    }

    /** The line of the variant's family shows the tiles that are left, and no other line says that a better one is used. */
    @Test
    void aVariantThatWasAskedForIsShownAsItIsUsed() throws Exception {
        final String variant = "f32_f32_f32p16x1_2x16_vector128";
        final ReportingJvm jvm = new ReportingJvm(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(), Map.of());
        final String output = jvm.run(
                        List.of(
                                "--add-modules=jdk.incubator.vector",
                                "--enable-native-access=ALL-UNNAMED",
                                "-Dtilesmith.variant=" + variant),
                        TableReport.class)
                .stdout();
        assertTrue(output.contains("served: VECTOR_128"), output);
        assertTrue(
                output.lines()
                        .anyMatch(line -> line.matches(
                                "  -> VECTOR_128 +tiles up to 2x16 +-Dtilesmith.variant asks for " + variant)),
                output);
        assertTrue(
                output.lines()
                        .anyMatch(line ->
                                line.matches("  ok SCALAR +tiles up to 6x16 +usable, but another was asked for")),
                output);
        assertFalse(output.contains("a better one"), output);
    }

    private static int occurrences(String text, String in) {
        return in.split(java.util.regex.Pattern.quote(text), -1).length - 1;
    }
}
