package dev.tilesmith.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tilesmith.cpu.CpuProfile;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a table says of sums in orders of targets' own: which families have one, how far off they are, and what that is for. */
final class FastExplainedTest {
    private static final String OF_TILES =
            "FAST: within (ceil(k / 32) + 16) 2^-24 of |bias| and the sum of |lhs * rhs|,"
                    + " up to 16 products where f32 has one";

    private static List<String> explained(String cpu) {
        return Bf16FastKernelKernels.table()
                .explain(CpuProfile.named(cpu))
                .lines()
                .toList();
    }

    /** What is said beside the family that serves. */
    private static String ofTheBest(List<String> lines) {
        final int best = lines.indexOf(lines.stream()
                .filter(line -> line.startsWith("  -> "))
                .findFirst()
                .orElseThrow());
        return lines.get(best).substring("  -> ".length()).split(" ", -1)[0] + " "
                + lines.get(best + 1).strip();
    }

    @ParameterizedTest
    @ValueSource(strings = {"sapphire-rapids", "granite-rapids"})
    void tileRegistersServeWhereThereAreAny(String cpu) {
        final List<String> lines = explained(cpu);
        assertEquals("AMX " + OF_TILES, ofTheBest(lines));
        assertTrue(lines.getLast().endsWith("the first that runs here; tile registers"), lines::toString);
    }

    /** One order on all of Arm, and what gains more. */
    @ParameterizedTest
    @CsvSource({"graviton3, NEON_BF16, 4", "apple-m2, NEON_BF16, 4", "apple-m4, SME2, 2"})
    void armHasOneOrder(String cpu, String target, int times) {
        assertEquals(
                target + " "
                        + ("FAST: within 2 (ceil(k / 2) + 1) 2^-24 of |bias| and the sum of |lhs * rhs|,"
                                        + " up to %d products where f32 has one")
                                .formatted(times),
                ofTheBest(explained(cpu)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"ice-lake", "graviton2", "apple-m1"})
    void whatIsReproducibleServesWhereTheyAreNot(String cpu) {
        assertTrue(ofTheBest(explained(cpu)).endsWith(" REPRODUCIBLE"));
    }

    @Test
    void whereFastIsNotAdmittedNothingIsSaidOfIt() {
        final String explained = Bf16RowsKernelKernels.table().explain(CpuProfile.named("sapphire-rapids"));
        assertFalse(explained.contains("FAST"), explained);
        assertFalse(explained.contains("REPRODUCIBLE"), explained);
    }
}
