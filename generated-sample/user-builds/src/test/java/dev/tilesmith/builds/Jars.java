package dev.tilesmith.builds;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The jars as they are installed, and projects that take them from a folder. */
final class Jars {
    private static final Path REPOSITORY = Path.of(System.getProperty("builds.repository"));
    private static final Path PROJECTS = Path.of(System.getProperty("builds.projects"));
    private static final String VERSION = System.getProperty("builds.version");

    private Jars() {}

    static Path kernelSpec() {
        return installed("dev/tilesmith", "kernel-spec", VERSION);
    }

    static Path processor() {
        return installed("dev/tilesmith", "processor", VERSION);
    }

    static Path javaPoet() {
        return installed("com/palantir/javapoet", "javapoet", System.getProperty("builds.javapoet"));
    }

    static Path ecj() {
        return installed("org/eclipse/jdt", "ecj", System.getProperty("builds.ecj"));
    }

    /** What sweeps: the command, and what it depends on besides the runtime. */
    static List<Path> sweep() {
        return List.of(
                installed("dev/tilesmith", "sweep", VERSION),
                installed("info/picocli", "picocli", System.getProperty("builds.picocli")),
                installed("com/google/code/gson", "gson", System.getProperty("builds.gson")),
                installed("org/apache/commons", "commons-math3", System.getProperty("builds.commons-math")));
    }

    /** A project that Maven has built. */
    static Path built(String project) {
        return PROJECTS.resolve(project);
    }

    /** A fresh copy of a project of {@code src/plain}, with what README says in its folder {@code lib}. */
    static Path plain(String project) throws IOException {
        return plain(project, project);
    }

    /** A fresh copy, under a name of its own. */
    static Path plain(String project, String name) throws IOException {
        final Path copy = PROJECTS.resolveSibling("plain").resolve(name);
        Trees.delete(copy);
        Trees.copy(Path.of("src/plain").resolve(project), copy);
        copyTo(copy.resolve("lib"), List.of(kernelSpec(), processor(), javaPoet()));
        return copy;
    }

    /** Copies jars into a folder, under names without versions. */
    static void copyTo(Path lib, List<Path> jars) throws IOException {
        Files.createDirectories(lib);
        for (final Path jar : jars) {
            final String plainName = jar.getFileName().toString().replaceFirst("-\\d.*", ".jar");
            Files.copy(jar, lib.resolve(plainName));
        }
    }

    private static Path installed(String group, String artifact, String version) {
        return REPOSITORY.resolve(group).resolve(artifact).resolve(version).resolve(artifact + "-" + version + ".jar");
    }
}
