package dev.tilesmith.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tilesmith.cpu.Host;
import dev.tilesmith.runtime.DispatchTable;
import dev.tilesmith.runtime.Family;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** docs/executorch.md declares nothing that the suite does not run: for each of its rows there are kernels under test. */
final class ExecuTorchPageTest {
    private static final Path PAGE = Path.of("..", "docs", "executorch.md");
    private static final Pattern DECLARATION =
            Pattern.compile("@(\\w+)\\(lhs = Format\\.(\\w+), rhs = Format\\.(\\w+), dst = Format\\.(\\w+)\\)");

    private static List<String> declared() throws IOException {
        return DECLARATION
                .matcher(Files.readString(PAGE))
                .results()
                .map(found ->
                        "%s %s x %s -> %s".formatted(found.group(1), found.group(2), found.group(3), found.group(4)))
                .toList();
    }

    private static Stream<String> tested(String annotation, Stream<? extends DispatchTable<?>> tables) {
        return tables.map(table -> table.choices(Host.current()).getFirst().family())
                .map(family -> annotation + " " + formats(family));
    }

    private static String formats(Family family) {
        return family.lhs() + " x " + family.rhs() + " -> " + family.dst();
    }

    @Test
    void everyDeclarationHasKernelsUnderTest() throws IOException {
        final TreeSet<String> tested = new TreeSet<>();
        tested("MatMul", Formats.all().flatMap(format -> format.tables().stream()))
                .forEach(tested::add);
        tested("Conv2d", Conv2dFormat.all().stream().map(Conv2dFormat::table)).forEach(tested::add);
        tested("DepthwiseConv2d", DepthwiseFormats.all().stream().map(Conv2dFormat::table))
                .forEach(tested::add);
        tested("BatchMatMul", BatchFormat.all().stream().map(BatchFormat::table))
                .forEach(tested::add);
        final List<String> declared = declared();
        assertTrue(tested.containsAll(declared), () -> declared + " of " + tested);
    }

    /** A row of the page's tables for each. */
    @Test
    void everyRowHasADeclaration() throws IOException {
        final Matcher rows = Pattern.compile("(?m)^\\| `p?q?[a-z0-9_]+` \\|").matcher(Files.readString(PAGE));
        assertEquals(rows.results().count(), declared().size());
    }
}
