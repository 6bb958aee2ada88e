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
 * A JVM that is started to run {@link HostReport}.
 *
 * @param java its launcher
 * @param environment variables besides this JVM's own
 */
record ReportingJvm(String java, Map<String, String> environment) {
    /** What it prints, by name, and its standard error. */
    Map<String, String> report(List<String> flags, String... args) throws Exception {
        final Path stderr = Files.createTempFile("host-report", ".err");
        try {
            final List<String> command = new ArrayList<>();
            command.add(java);
            command.addAll(flags);
            command.addAll(List.of("-cp", classPath(Host.class) + File.pathSeparator + classPath(HostReport.class)));
            command.add(HostReport.class.getName());
            command.addAll(List.of(args));
            final ProcessBuilder builder = new ProcessBuilder(command).redirectError(stderr.toFile());
            builder.environment().putAll(environment);
            final Process process = builder.start();
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

    /** The folder that a class was compiled to: both kinds of classes are in one module here. */
    private static String classPath(Class<?> type) throws Exception {
        final String name = type.getName().replace('.', '/') + ".class";
        final String path = Path.of(type.getResource("/" + name).toURI()).toString();
        return path.substring(0, path.length() - name.length() - 1);
    }
}
