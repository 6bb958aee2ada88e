package dev.tilesmith.cpu;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A JVM that is started to run a program of these tests.
 *
 * @param java its launcher
 * @param environment variables besides this JVM's own
 */
public record ReportingJvm(String java, Map<String, String> environment) {
    /**
     * What a program said.
     *
     * @param stdout on standard output
     * @param stderr on standard error
     */
    public record Output(String stdout, String stderr) {}

    /** What {@link HostReport} prints, by name, and its standard error. */
    Map<String, String> report(List<String> flags, String... args) throws Exception {
        final Output output = run(flags, HostReport.class, args);
        final Map<String, String> report = new HashMap<>();
        output.stdout().lines().forEach(line -> {
            final String[] pair = line.split("=", 2);
            report.put(pair[0], pair[1]);
        });
        report.put("stderr", output.stderr());
        return report;
    }

    /** Runs a program, from the class path, to its end. */
    public Output run(List<String> flags, Class<?> program, String... args) throws Exception {
        final String classPath = folder(Host.class) + File.pathSeparator + folder(program);
        return start(flags, List.of("-cp", classPath, program.getName()), args);
    }

    /** Runs a program in the module of these classes to its end. */
    public Output runInModule(List<String> flags, Class<?> program, String... args) throws Exception {
        final String module = "dev.tilesmith.spec";
        return start(
                flags,
                List.of(
                        "--module-path=" + folder(Host.class),
                        "--patch-module=" + module + "=" + folder(program),
                        "--module=" + module + "/" + program.getName()),
                args);
    }

    private Output start(List<String> flags, List<String> program, String... args) throws Exception {
        final Path stderr = Files.createTempFile("report", ".err");
        try {
            final List<String> command = new ArrayList<>();
            command.add(java);
            command.addAll(flags);
            command.addAll(program);
            command.addAll(List.of(args));
            final ProcessBuilder builder = new ProcessBuilder(command).redirectError(stderr.toFile());
            builder.environment().putAll(environment);
            final Process process = builder.start();
            final String output;
            try (var reader = process.inputReader()) {
                output = reader.readAllAsString();
            }
            final Output said = new Output(output, Files.readString(stderr));
            assertEquals(0, process.waitFor(), said::toString);
            return said;
        } finally {
            Files.delete(stderr);
        }
    }

    /** The folder that a class was compiled to: both kinds of classes are in one module here. */
    private static String folder(Class<?> type) throws Exception {
        final String name = type.getName().replace('.', '/') + ".class";
        final String path = Path.of(type.getResource("/" + name).toURI()).toString();
        return path.substring(0, path.length() - name.length() - 1);
    }
}
