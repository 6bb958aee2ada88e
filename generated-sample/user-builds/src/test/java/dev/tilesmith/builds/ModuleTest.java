package dev.tilesmith.builds;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tilesmith.builds.Command.Output;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** A program that is a module, and the images that jlink makes of it and for others. */
@DisabledOnOs(OS.WINDOWS)
class ModuleTest {
    private static final Path PROJECT = Jars.built("modular");

    private static Path image(String name, String modulePath, String... options) throws Exception {
        final Path image = PROJECT.resolve("target").resolve(name);
        Trees.delete(image);
        final Output output = Command.shell(
                        PROJECT,
                        "jlink --module-path " + modulePath + " " + String.join(" ", options) + " --output " + image)
                .run();
        assertEquals(0, output.status(), output::toString);
        return image;
    }

    @Test
    void itRunsOnTheModulePath() throws Exception {
        final Output output = Command.java(
                        PROJECT,
                        "--module-path=target/classes:" + Jars.kernelSpec(),
                        "--enable-native-access=dev.tilesmith.spec",
                        "--module=example.modular/example.modular.Main")
                .run();
        Product.check(output);
        assertEquals(
                "WARNING: Using incubator modules: jdk.incubator.vector",
                output.stderr().strip());
    }

    @Test
    void itRunsInAnImageWithItsFlags() throws Exception {
        final Path image = image(
                "image",
                "target/classes:" + Jars.kernelSpec(),
                "--add-modules example.modular",
                "--add-options=--enable-native-access=dev.tilesmith.spec",
                "--launcher multiply=example.modular/example.modular.Main");
        final Output output = Command.shell(PROJECT, image + "/bin/multiply").run();
        Product.check(output);
        assertFalse(output.stderr().contains("restricted method"), output.stderr());
        Product.check(
                Command.java(PROJECT, image, "-Dtilesmith.native=off", "-m", "example.modular/example.modular.Main")
                        .run(),
                Product.vectors());
    }

    /** A flag would keep the JVM from starting there: so it is not advised. */
    @Test
    void anImageWithoutTheVectorApiIsToBeLinkedAnew() throws Exception {
        final Path image = image("bare", Jars.kernelSpec().toString(), "--add-modules dev.tilesmith.spec");
        final Output output = Command.java(
                        Jars.built("quickstart"),
                        image,
                        "-Dtilesmith.native=off",
                        "-cp",
                        "target/classes:" + Jars.kernelSpec(),
                        "example.Quickstart")
                .run();
        Product.check(output, "SCALAR");
        assertTrue(output.stderr().contains("no module jdk.incubator.vector; jlink adds it"), output.stderr());
        assertFalse(output.stderr().contains("started without"), output.stderr());
        assertFalse(output.stdout().contains("started without"), output.stdout());
    }
}
