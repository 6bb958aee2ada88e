package dev.tilesmith.processor;

import static com.google.testing.compile.Compiler.javac;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.testing.compile.Compilation;
import com.google.testing.compile.JavaFileObjects;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What docs/executorch.md declares compiles as it stands there, beside imports. */
final class ExecuTorchPageTest {
    private static final Path PAGE = Path.of("..", "docs", "executorch.md");
    private static final Pattern BLOCK = Pattern.compile("(?s)```java\n(.*?)```");

    @Test
    void itsDeclarationsCompile() throws IOException {
        final List<MatchResult> blocks =
                BLOCK.matcher(Files.readString(PAGE)).results().toList();
        final String source = blocks.stream()
                .map(block -> block.group(1))
                .collect(Collectors.joining(
                        "\n",
                        "package example; import dev.tilesmith.runtime.*; import dev.tilesmith.spec.*;\n",
                        "class Page {}"));
        final Compilation compilation = javac().withProcessors(new TilesmithProcessor())
                .withOptions("--add-modules=jdk.incubator.vector")
                .compile(JavaFileObjects.forSourceString("example.Page", source));
        assertEquals(List.of(), compilation.errors());
        assertEquals(
                source.lines().filter(line -> line.startsWith("interface ")).count(),
                compilation.generatedSourceFiles().stream()
                        .filter(file -> file.getName().endsWith("Kernels.java"))
                        .count());
    }
}
