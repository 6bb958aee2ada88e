package dev.tilesmith.processor.architecture;

import dev.tilesmith.processor.check.CommonMessage;
import dev.tilesmith.processor.check.Message;
import dev.tilesmith.processor.operation.batch.BatchMatMulMessage;
import dev.tilesmith.processor.operation.depthwise.DepthwiseMessage;
import dev.tilesmith.processor.product.check.ProductMessage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;

/** docs/diagnostics.md explains every message there is, in the order of their codes, and no other. */
final class DiagnosticsPageTest {
    private static final Path PAGE = Path.of("..", "docs", "diagnostics.md");
    private static final Pattern ROW = Pattern.compile("(?m)^\\| (TS\\d+) \\|");

    @Test
    void explainsEveryMessageOnce() throws IOException {
        final List<String> explained = ROW.matcher(Files.readString(PAGE))
                .results()
                .map(MatchResult::group)
                .map(row -> row.substring(2, row.length() - 2))
                .toList();
        Assertions.assertEquals(
                Stream.<Message[]>of(
                                CommonMessage.values(),
                                ProductMessage.values(),
                                BatchMatMulMessage.values(),
                                DepthwiseMessage.values())
                        .flatMap(Stream::of)
                        .map(Message::code)
                        .sorted()
                        .toList(),
                explained);
    }
}
