package dev.tilesmith.processor.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.testing.compile.Compilation;
import com.google.testing.compile.Compiler;
import com.google.testing.compile.JavaFileObjects;
import dev.tilesmith.processor.TilesmithProcessor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.JavaFileObject;
import org.junit.jupiter.api.Test;

/** docs/generated.md shows code as it is generated: all that stands between its dots is there, in this order. */
final class GeneratedPageTest {
    private static final Path PAGE = Path.of("..", "docs", "generated.md");
    private static final Path QUICKSTART =
            Path.of("..", "generated-sample", "src/main/java/dev/tilesmith/sample/quickstart/Linear.java");
    private static final Pattern BLOCK = Pattern.compile("(?s)```java\n(.*?)```");

    @Test
    void showsWhatIsGenerated() throws IOException {
        final String declaration = Files.readString(QUICKSTART);
        final Compilation compilation = Compiler.javac()
                .withProcessors(new TilesmithProcessor())
                .withOptions("--add-modules=jdk.incubator.vector")
                .compile(JavaFileObjects.forSourceString("dev.tilesmith.sample.quickstart.Linear", declaration));
        final StringBuilder sources = new StringBuilder(bare(declaration));
        for (final JavaFileObject file : compilation.generatedSourceFiles()) {
            sources.append('\n').append(bare(file.getCharContent(true).toString()));
        }
        final List<String> shown = BLOCK.matcher(Files.readString(PAGE))
                .results()
                .flatMap(block -> Stream.of(bare(block.group(1)).split("\n…\n|\n…$", -1)))
                .filter(part -> !part.isBlank())
                .toList();
        assertTrue(shown.size() > 8, () -> "blocks: " + shown.size());
        assertEquals(
                List.of(),
                shown.stream().filter(part -> sources.indexOf(part) < 0).toList());
    }

    /** Lines without what is before and after them: the page has methods at its margin. */
    private static String bare(String text) {
        return text.lines().map(String::strip).collect(Collectors.joining("\n"));
    }
}
