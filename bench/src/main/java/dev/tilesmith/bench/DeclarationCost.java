package dev.tilesmith.bench;

import dev.tilesmith.processor.product.model.Formats;
import dev.tilesmith.processor.product.recipe.Recipes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import javax.tools.ToolProvider;

/**
 * What declarations cost a build: a javac in a JVM of its own compiles none, one of f32, one of int8, one of each combination
 * of formats, and sixty of them in turn. Of several runs the one of the least CPU time counts; sizes do not differ.
 */
public final class DeclarationCost {
    private static final int RUNS = 3;
    private static final int MANY = 60;
    private static final double KILO = 1000;
    private static final double MEGA = 1e6;

    private DeclarationCost() {}

    /**
     * With {@code child SOURCES OUTPUT}: one javac. Otherwise the parent, which prints a table.
     */
    public static void main(String[] args) throws IOException, InterruptedException {
        if (args.length == 3 && args[0].equals("child")) {
            child(Path.of(args[1]), Path.of(args[2]));
            return;
        }
        final List<Formats> all = Recipes.formats();
        final List<Formats> many = Stream.iterate(0, i -> i + 1)
                .limit(MANY)
                .map(i -> all.get(i % all.size()))
                .toList();
        System.out.println("| declarations | wall, s | CPU, s | memory, MB | sources, MB | classes, MB | jar, MB |");
        System.out.println("| --- | --- | --- | --- | --- | --- | --- |");
        for (final List<Formats> declared :
                List.of(List.<Formats>of(), all.subList(0, 1), all.subList(1, 2), all, many)) {
            Cost least = measure(declared);
            for (int run = 1; run < RUNS; run++) {
                final Cost cost = measure(declared);
                least = cost.cpuMillis() < least.cpuMillis() ? cost : least;
            }
            System.out.println(least.row(name(declared)));
        }
    }

    private static String name(List<Formats> declared) {
        return declared.size() == 1 ? "1, " + declared.getFirst().rhs() : Integer.toString(declared.size());
    }

    private record Cost(long wallMillis, long cpuMillis, long peakKilobytes, long sources, long classes, long jar) {
        String row(String name) {
            return String.format(
                    Locale.ROOT,
                    "| %s | %.1f | %.1f | %.0f | %.2f | %.2f | %.2f |",
                    name,
                    wallMillis / KILO,
                    cpuMillis / KILO,
                    peakKilobytes / KILO,
                    sources / MEGA,
                    classes / MEGA,
                    jar / MEGA);
        }
    }

    private static Cost measure(List<Formats> declared) throws IOException, InterruptedException {
        final Path directory = Files.createTempDirectory("declaration-cost");
        try {
            final Path sources = Files.createDirectory(directory.resolve("src"));
            final Path output = Files.createDirectory(directory.resolve("out"));
            Files.writeString(sources.resolve("None.java"), "package timed; interface None {}");
            for (int i = 0; i < declared.size(); i++) {
                Files.writeString(sources.resolve("Kernel" + i + ".java"), source("Kernel" + i, declared.get(i)));
            }
            final long start = System.nanoTime();
            final Process process = new ProcessBuilder(
                            ProcessHandle.current().info().command().orElse("java"),
                            "-classpath",
                            System.getProperty("java.class.path"),
                            DeclarationCost.class.getName(),
                            "child",
                            sources.toString(),
                            output.toString())
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            final List<String> told;
            try (var reader = process.inputReader()) {
                told = reader.lines().toList();
            }
            if (process.waitFor() != 0 || told.isEmpty()) {
                throw new IllegalStateException("javac failed; its messages are above");
            }
            final long wall = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
            final String[] numbers = told.getLast().split(" ", -1);
            return new Cost(
                    wall,
                    Long.parseLong(numbers[0]),
                    Long.parseLong(numbers[1]),
                    bytes(output, ".java"),
                    bytes(output, ".class"),
                    jar(output, directory.resolve("timed.jar")));
        } finally {
            delete(directory);
        }
    }

    private static String source(String name, Formats formats) {
        return """
            package timed;
            import dev.tilesmith.spec.*;
            @MatMul(lhs = Format.%s, rhs = Format.%s, dst = Format.%s)
            public interface %s extends dev.tilesmith.runtime.MatMulKernel {}
            """.formatted(formats.lhs(), formats.rhs(), formats.dst(), name);
    }

    /** Prints milliseconds of CPU time and the most memory that was resident, in kB: 0 where the system does not tell. */
    private static void child(Path sources, Path output) throws IOException {
        final String path = System.getProperty("java.class.path");
        final List<String> arguments = new ArrayList<>(List.of(
                "-d",
                output.toString(),
                "-s",
                output.toString(),
                "-classpath",
                path,
                "-processorpath",
                path,
                "-processor",
                "dev.tilesmith.processor.TilesmithProcessor",
                "--add-modules",
                "jdk.incubator.vector",
                "-nowarn",
                "-Xlint:none"));
        try (Stream<Path> files = Files.list(sources)) {
            files.map(Path::toString).sorted().forEach(arguments::add);
        }
        if (ToolProvider.getSystemJavaCompiler().run(null, System.err, System.err, arguments.toArray(String[]::new))
                != 0) {
            throw new IllegalStateException("javac failed; its messages are above");
        }
        final long cpu =
                ProcessHandle.current().info().totalCpuDuration().orElseThrow().toMillis();
        System.out.println(cpu + " " + peakKilobytes());
    }

    private static long peakKilobytes() throws IOException {
        final Path status = Path.of("/proc/self/status");
        if (!Files.exists(status)) {
            return 0;
        }
        return Files.readAllLines(status).stream()
                .filter(line -> line.startsWith("VmHWM:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                .findFirst()
                .orElse(0);
    }

    private static long bytes(Path directory, String suffix) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(file -> file.toString().endsWith(suffix))
                    .mapToLong(DeclarationCost::size)
                    .sum();
        }
    }

    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Bytes of a jar of the classes. */
    private static long jar(Path directory, Path jar) throws IOException {
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar));
                Stream<Path> files = Files.walk(directory)) {
            for (final Path file : files.filter(file -> file.toString().endsWith(".class"))
                    .sorted()
                    .toList()) {
                out.putNextEntry(new JarEntry(directory.relativize(file).toString()));
                Files.copy(file, out);
                out.closeEntry();
            }
        }
        return Files.size(jar);
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (final Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
