package dev.tilesmith.processor.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.source.tree.CaseTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.DefaultCaseLabelTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.ParenthesizedTree;
import com.sun.source.tree.SwitchExpressionTree;
import com.sun.source.tree.SwitchTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;
import com.sun.source.util.Trees;
import dev.tilesmith.spec.Format;
import dev.tilesmith.spec.Target;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import javax.lang.model.type.TypeMirror;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;

/**
 * A new target or format is an error of javac wherever one is asked for: main code has no switch over them with a default, nor a
 * statement that leaves some out. Read from sources with their types, for class files do not tell.
 */
final class SwitchesTest {
    private static final List<Path> SOURCES =
            List.of(Path.of("src", "main", "java"), Path.of("..", "kernel-spec", "src", "main", "java"));

    private static final Map<String, Integer> CONSTANTS =
            Map.of(Target.class.getName(), Target.values().length, Format.class.getName(), Format.values().length);

    @Test
    void nothingIsLeftToADefault() throws IOException {
        final JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
            final List<Path> paths = new ArrayList<>();
            for (final Path root : SOURCES) {
                try (Stream<Path> found = Files.walk(root)) {
                    found.filter(path -> path.toString().endsWith(".java"))
                            .filter(path -> !path.endsWith("module-info.java"))
                            .forEach(paths::add);
                }
            }
            assertEquals(List.of(), open(compiler, files, files.getJavaFileObjectsFromPaths(paths)));
        }
    }

    @Test
    void aDefaultIsSeen() throws IOException {
        final String source = """
            import dev.tilesmith.spec.*;
            class Linear {
                int lanes(Target target) {
                    return switch (target) { case AVX2 -> 8; default -> 4; };
                }
                boolean isFloat(Format format) {
                    switch (format) { case F32 -> { return true; } }
                    return false;
                }
                boolean isHalf(Numerics numerics, Target target) {
                    switch (target) { case null, default -> {} }
                    return switch (numerics) { case FAST -> true; default -> false; };
                }
            }
            """;
        final JavaFileObject file =
                new SimpleJavaFileObject(URI.create("string:///Linear.java"), JavaFileObject.Kind.SOURCE) {
                    @Override
                    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                        return source;
                    }
                };
        final JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
            assertEquals(
                    List.of("Linear.java:4: Target", "Linear.java:7: Format", "Linear.java:11: Target"),
                    open(compiler, files, List.of(file)));
        }
    }

    /** Switches over targets and formats that a new one would pass by, by file and line. */
    private static List<String> open(
            JavaCompiler compiler, StandardJavaFileManager files, Iterable<? extends JavaFileObject> sources)
            throws IOException {
        final List<String> errors = new ArrayList<>();
        final JavacTask task = (JavacTask) compiler.getTask(
                null,
                files,
                diagnostic -> errors.add(diagnostic.getMessage(Locale.ROOT)),
                List.of(
                        "-proc:none",
                        "-nowarn",
                        "-implicit:none",
                        "--add-modules=jdk.incubator.vector",
                        "-cp",
                        System.getProperty("java.class.path")),
                null,
                sources);
        final Iterable<? extends CompilationUnitTree> units = task.parse();
        task.analyze();
        final List<String> found = new ArrayList<>();
        for (final CompilationUnitTree unit : units) {
            new Scanner(Trees.instance(task), unit, found).scan(unit, null);
        }
        assertTrue(errors.stream().allMatch(error -> error.contains("incubator")), errors::toString);
        return found;
    }

    private static final class Scanner extends TreePathScanner<Void, Void> {
        private final Trees trees;
        private final CompilationUnitTree unit;
        private final List<String> found;

        Scanner(Trees trees, CompilationUnitTree unit, List<String> found) {
            this.trees = trees;
            this.unit = unit;
            this.found = found;
        }

        @Override
        public Void visitSwitch(SwitchTree tree, Void nothing) {
            look(tree.getExpression(), tree.getCases());
            return super.visitSwitch(tree, null);
        }

        @Override
        public Void visitSwitchExpression(SwitchExpressionTree tree, Void nothing) {
            look(tree.getExpression(), tree.getCases());
            return super.visitSwitchExpression(tree, null);
        }

        private void look(ExpressionTree selector, List<? extends CaseTree> cases) {
            final ExpressionTree inner =
                    selector instanceof ParenthesizedTree parenthesized ? parenthesized.getExpression() : selector;
            final TypeMirror type = trees.getTypeMirror(new TreePath(getCurrentPath(), inner));
            final Integer constants = CONSTANTS.get(String.valueOf(type));
            if (constants != null && (hasDefault(cases) || labels(cases) < constants)) {
                final long line = unit.getLineMap()
                        .getLineNumber(trees.getSourcePositions().getStartPosition(unit, selector));
                found.add(Path.of(unit.getSourceFile().getName()).getFileName() + ":" + line + ": "
                        + String.valueOf(type).replaceAll(".*\\.", ""));
            }
        }

        private static boolean hasDefault(List<? extends CaseTree> cases) {
            return cases.stream()
                    .flatMap(one -> one.getLabels().stream())
                    .anyMatch(DefaultCaseLabelTree.class::isInstance);
        }

        private static long labels(List<? extends CaseTree> cases) {
            return cases.stream().mapToLong(one -> one.getLabels().size()).sum();
        }
    }
}
