package dev.tilesmith.processor;

import dev.tilesmith.spec.MatMul;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** A project of a user's: files in a folder, compiled by javac with the processor as a build would. */
final class UserProject {
    private final Path folder;
    private int builds;

    /** A project without sources. */
    UserProject(Path folder) {
        this.folder = folder;
    }

    /** Adds a source file, such as {@code p/Linear.java}. */
    UserProject with(String file, String text) throws IOException {
        final Path path = folder.resolve("src").resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
        return this;
    }

    /** The runtime, as it lies on a class path or a module path. */
    static String runtime() {
        try {
            final URI location = MatMul.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI();
            return Path.of(location).toString();
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Compiles against the runtime on the class path. */
    UserBuild onClassPath(String... options) throws IOException {
        return compile("--class-path", options);
    }

    /** Compiles against the runtime on the module path. */
    UserBuild onModulePath(String... options) throws IOException {
        return compile("--module-path", options);
    }

    private UserBuild compile(String path, String... options) throws IOException {
        final Path out = folder.resolve("out" + builds++);
        final Path classes = Files.createDirectories(out.resolve("classes"));
        final Path generated = Files.createDirectories(out.resolve("generated"));
        final List<String> all = new ArrayList<>(
                List.of(path, runtime(), "-d", classes.toString(), "-s", generated.toString(), "-Xmaxwarns", "10000"));
        all.addAll(List.of(options));
        final JavaCompiler javac = ToolProvider.getSystemJavaCompiler();
        final DiagnosticCollector<JavaFileObject> diagnostics = new DiagnosticCollector<>();
        try (StandardJavaFileManager files = javac.getStandardFileManager(diagnostics, null, null)) {
            final JavaCompiler.CompilationTask task =
                    javac.getTask(null, files, diagnostics, all, null, files.getJavaFileObjectsFromPaths(sources()));
            task.setProcessors(List.of(new TilesmithProcessor()));
            return new UserBuild(task.call(), diagnostics.getDiagnostics(), generated, classes);
        }
    }

    private List<Path> sources() {
        try (Stream<Path> all = Files.walk(folder.resolve("src"))) {
            return all.filter(Files::isRegularFile).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
