package dev.tilesmith.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tilesmith.runtime.MatMulKernel;
import dev.tilesmith.sample.quickstart.Linear;
import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;

/** A JVM beside this one, which runs a program of these tests. */
public final class AnotherJvm {
    /** A class of each jar and folder that programs need: not all of the class path, which may be a jar that names it. */
    private static final List<Class<?>> NEEDED = List.of(
            AnotherJvm.class,
            Linear.class,
            MatMulKernel.class,
            NullMarked.class,
            Test.class,
            ParameterizedTest.class,
            org.opentest4j.AssertionFailedError.class,
            org.junit.platform.commons.util.StringUtils.class);

    private AnotherJvm() {}

    /** What the program prints; fails, with what it says of errors, unless it ends well. */
    static String run(Class<?> program, String argument) throws IOException, InterruptedException {
        return run(List.of(), program, argument);
    }

    /** The same, of a JVM with further flags. */
    static String run(List<String> flags, Class<?> program, String argument) throws IOException, InterruptedException {
        final Process process = of(flags, program, argument).start();
        final String output;
        final String errors;
        try (var reader = process.inputReader();
                var messages = process.errorReader()) {
            output = reader.readAllAsString();
            errors = messages.readAllAsString();
        }
        assertEquals(0, process.waitFor(), errors);
        return output;
    }

    /** A JVM with some options more, to be started. */
    public static ProcessBuilder of(List<String> options, Class<?> program, String... arguments) {
        final List<String> all =
                new ArrayList<>(List.of("--add-modules=jdk.incubator.vector", "--enable-native-access=ALL-UNNAMED"));
        all.addAll(options);
        return by(Path.of(System.getProperty("java.home"), "bin", "java"), all, program, arguments);
    }

    /** A JVM by another launcher and with those options alone, to be started. */
    static ProcessBuilder by(Path launcher, List<String> options, Class<?> program, String... arguments) {
        final List<String> command = new ArrayList<>(List.of(launcher.toString()));
        command.addAll(options);
        command.addAll(List.of("-cp", classPath(), program.getName()));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command);
    }

    private static String classPath() {
        return NEEDED.stream().map(AnotherJvm::whereIs).collect(Collectors.joining(File.pathSeparator));
    }

    private static String whereIs(Class<?> type) {
        try {
            return Path.of(type.getProtectionDomain()
                            .getCodeSource()
                            .getLocation()
                            .toURI())
                    .toString();
        } catch (URISyntaxException e) {
            throw new AssertionError(type + " is nowhere", e);
        }
    }
}
