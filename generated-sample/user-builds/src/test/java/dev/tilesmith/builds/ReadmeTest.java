package dev.tilesmith.builds;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** README's snippets are the projects' own lines. */
class ReadmeTest {
    private static final Path IT = Path.of("src/it");

    private static String withoutIndent(String text) {
        return text.lines().map(String::strip).filter(line -> !line.isEmpty()).collect(Collectors.joining("\n"));
    }

    private static void assertIn(Path file, String snippet) throws IOException {
        final String content = withoutIndent(Files.readString(file));
        assertTrue(content.contains(withoutIndent(snippet)), () -> file + " has not:\n" + snippet);
    }

    @Test
    void itsPomIsTheQuickstarts() throws IOException {
        final List<String> snippets = Readme.read().blocks("xml");
        assertEquals(3, snippets.size());
        assertIn(IT.resolve("quickstart/pom.xml"), snippets.get(0));
        assertIn(IT.resolve("beside/pom.xml"), snippets.get(1));
        assertIn(IT.resolve("beside/pom.xml"), snippets.get(2));
        final String pom = withoutIndent(Files.readString(IT.resolve("quickstart/pom.xml")));
        final String rest = pom.replace(withoutIndent(snippets.get(0)), "");
        assertFalse(rest.matches("(?s).*<(dependenc|build|plugin|propert).*"), () -> "besides README's lines: " + rest);
    }

    @Test
    void itsFirstProgramIsTheQuickstarts() throws IOException {
        final List<String> snippets = Readme.read().blocks("java");
        for (final Path sources : List.of(
                IT.resolve("quickstart/src/main/java/example"),
                Path.of("../src/main/java/dev/tilesmith/sample/quickstart"))) {
            assertIn(sources.resolve("Linear.java"), snippets.get(0));
            assertIn(sources.resolve("Quickstart.java"), snippets.get(1));
        }
    }

    @Test
    void itsModuleIsTheModularProjects() throws IOException {
        assertIn(IT.resolve("modular/src/main/java/module-info.java"), """
                requires dev.tilesmith.spec;
                requires jdk.incubator.vector;
                """);
        assertTrue(
                Readme.read().text().contains("`requires dev.tilesmith.spec;` and `requires jdk.incubator.vector;`"));
    }
}
