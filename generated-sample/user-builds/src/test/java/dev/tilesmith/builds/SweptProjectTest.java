package dev.tilesmith.builds;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tilesmith.builds.Command.Output;
import dev.tilesmith.cpu.Host;
import dev.tilesmith.tune.Machine;
import dev.tilesmith.tune.TuningProfile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** A project that is swept by the command that README gives, and whose jar carries what was found. */
@DisabledOnOs(OS.WINDOWS)
class SweptProjectTest {
    private static final String COMPILE = "javac --release 25 --add-modules=jdk.incubator.vector -d classes"
            + " -cp lib/kernel-spec.jar -processorpath lib/kernel-spec.jar:lib/processor.jar:lib/javapoet.jar"
            + " src/main/java/example/*.java";
    private static final String PACKAGE =
            "rm -f layer.jar; cp -r src/main/resources/. classes; jar --create --file layer.jar -C classes .";
    private static final String RUN = "java --add-modules=jdk.incubator.vector --enable-native-access=ALL-UNNAMED"
            + " -cp layer.jar:lib/kernel-spec.jar example.Layer";

    /** Of tiles that the sweep adds two that no machine chooses by itself. */
    private static final List<String> OTHERS = List.of("f32_f32_f32p8x1_2x8_scalar", "f32_f32_f32p8x1_1x8_scalar");

    private static final Pattern PICK = Pattern.compile("(?m)^pick few/cache (\\S+) .*$");
    private static final String RESOURCE =
            TuningProfile.resourceName(Machine.of(Host.current().cpu()));

    /** Tilesmith may have one of this machine too. */
    private static final String CARRIED = "layer.jar!/" + RESOURCE;

    private static Output shell(Path project, String... lines) throws Exception {
        final Output output = Command.shell(project, String.join("\n", lines)).run();
        assertEquals(0, output.status(), output::toString);
        return output;
    }

    /** README's command, made short: what it finds then is no matter here. */
    private static String sweep() throws IOException {
        final String command = Readme.read()
                .commands("java --add-modules=jdk.incubator.vector --enable-native-access=ALL-UNNAMED -cp 'classes:")
                .getFirst();
        assertTrue(command.contains(" --budget 10m "), command);
        return command.replace(" --budget 10m ", " --budget 4s --quick --knob none ");
    }

    private static String packed(Path project) throws Exception {
        shell(project, PACKAGE);
        return shell(project, RUN).stdout();
    }

    private static String bits(String printed) {
        return printed.lines()
                .filter(line -> line.startsWith("bits "))
                .findFirst()
                .orElseThrow();
    }

    private static String picked(String profile) {
        return PICK.matcher(profile)
                .results()
                .findFirst()
                .map((MatchResult pick) -> pick.group(1))
                .orElseThrow(() -> new AssertionError(profile));
    }

    @Test
    void itsJarChoosesByTheProfileThatItCarries() throws Exception {
        final Path project = Jars.plain("swept");
        Jars.copyTo(project.resolve("lib"), Jars.sweep());
        shell(project, COMPILE);
        final String alone = shell(project, RUN.replace("layer.jar", "classes")).stdout();
        assertFalse(alone.contains("classes/" + RESOURCE), alone);

        shell(project, sweep());
        final Path profile = project.resolve("src/main/resources").resolve(RESOURCE);
        final String found = Files.readString(profile);
        final String carrying = packed(project);
        assertTrue(carrying.contains("few/cache: " + picked(found) + ","), carrying);
        assertTrue(carrying.contains(CARRIED), carrying);

        final String another = OTHERS.get(picked(found).equals(OTHERS.getFirst()) ? 1 : 0);
        assertFalse(alone.contains(another), alone);
        Files.writeString(profile, found.replaceFirst(PICK.pattern(), "pick few/cache " + another + " 1 gops"));
        final String other = packed(project);
        assertTrue(other.contains("few/cache: " + another + ","), other);
        assertTrue(other.contains(CARRIED), other);

        Files.delete(profile);
        Files.delete(project.resolve("classes").resolve(RESOURCE));
        final String without = packed(project);
        assertEquals(alone, without);
        assertFalse(without.contains(CARRIED), without);
        assertEquals(bits(alone), bits(carrying));
        assertEquals(bits(alone), bits(other));
    }
}
