package dev.tilesmith.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/**
 * How much longer javac takes for a declaration than for the same interface without one: in a javac that has just been
 * loaded, and in one that has been at it for a while, as a build daemon's has.
 */
public final class CompileTime {
    private static final int RUNS = 15;
    private static final String HEAD = "package timed; import dev.tilesmith.spec.*; ";
    private static final String INTERFACE = "public interface Linear extends dev.tilesmith.runtime.MatMulKernel {}";
    private static final String PLAIN = HEAD + INTERFACE;
    private static final String DECLARED =
            HEAD + "@MatMul(lhs = Format.F32, rhs = Format.F32, dst = Format.F32) " + INTERFACE;

    private final JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();

    private CompileTime() {}

    /** Prints both differences. */
    public static void main(String[] args) throws IOException {
        final CompileTime compileTime = new CompileTime();
        final double coldPlain = compileTime.compile(PLAIN);
        final double coldDeclared = compileTime.compile(DECLARED);
        final List<Double> plain = new ArrayList<>();
        final List<Double> declared = new ArrayList<>();
        for (int run = 0; run < RUNS; run++) {
            plain.add(compileTime.compile(PLAIN));
            declared.add(compileTime.compile(DECLARED));
        }
        System.out.printf(
                Locale.ROOT,
                "first in a JVM: without %.0f ms, then with %.0f ms; warm (median of %d): without %.0f ms, with %.0f ms,"
                        + " %.0f ms more%n",
                coldPlain,
                coldDeclared,
                RUNS,
                median(plain),
                median(declared),
                median(declared) - median(plain));
    }

    /** Milliseconds that javac takes. */
    private double compile(String source) throws IOException {
        final Path output = Files.createTempDirectory("compile-time");
        try {
            final JavaFileObject unit =
                    new SimpleJavaFileObject(URI.create("string:///timed/Linear.java"), JavaFileObject.Kind.SOURCE) {
                        @Override
                        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                            return source;
                        }
                    };
            final long start = System.nanoTime();
            final boolean compiled = compiler.getTask(null, null, null, options(source, output), null, List.of(unit))
                    .call();
            final double millis = (double) (System.nanoTime() - start) / TimeUnit.MILLISECONDS.toNanos(1);
            if (!compiled) {
                throw new IllegalStateException("javac failed; its messages are above");
            }
            return millis;
        } finally {
            delete(output);
        }
    }

    private static List<String> options(String source, Path output) {
        final String path = System.getProperty("java.class.path");
        final List<String> common = List.of(
                "-d", output.toString(), "-classpath", path, "--add-modules", "jdk.incubator.vector", "-Xlint:none");
        final List<String> processing = source.equals(PLAIN)
                ? List.of("-proc:none")
                : List.of(
                        "-processorpath", path, "-processor", "dev.tilesmith.processor.TilesmithProcessor", "-nowarn");
        return Stream.concat(common.stream(), processing.stream()).toList();
    }

    private static double median(List<Double> values) {
        return values.stream().sorted().skip(values.size() / 2).findFirst().orElseThrow();
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            files.sorted(Comparator.reverseOrder()).forEach(file -> {
                try {
                    Files.delete(file);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        }
    }
}
