package dev.tilesmith.sweep.report.record;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PeersFileTest {
    private static final String ROW = "{\"format\": \"f32_f32_f32\", \"op\": \"matmul\", \"m\": 1, \"n\": 2, \"k\": 3,"
            + " \"cold\": true, \"threads\": 2, \"impl\": \"onednn\", \"variant\": \"x\", \"gops\": 4.5, \"best_gops\":"
            + " 5}";

    @Test
    void rowsAreRead() {
        assertEquals(
                new PeersFile(List.of(new PeersFile.Row("f32_f32_f32", 1, 2, 3, true, 2, "onednn", 4.5))),
                PeersFile.parse("[" + ROW + "]"));
    }

    @Test
    void layersAreLeftOut() {
        assertEquals(
                PeersFile.parse("[" + ROW + "]"),
                PeersFile.parse("[" + ROW.replace("matmul", "conv2d") + ", " + ROW + "]"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"format", "m", "n", "k", "threads", "impl", "gops"})
    void whatIsMissingIsNamed(String name) {
        final Exception refused = assertThrows(
                IllegalArgumentException.class,
                () -> PeersFile.parse("[" + ROW + ", " + ROW.replace("\"" + name + "\"", "\"other\"") + "]"));
        assertEquals("peers[1] has no '" + name + "'", refused.getMessage());
    }

    @Test
    void anObjectIsNoListOfRows() {
        assertTrue(assertThrows(IllegalArgumentException.class, () -> PeersFile.parse(ROW))
                .getMessage()
                .contains("expected an array"));
    }
}
