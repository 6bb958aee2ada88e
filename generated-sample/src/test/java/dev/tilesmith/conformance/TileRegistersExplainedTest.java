package dev.tilesmith.conformance;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tilesmith.cpu.CpuProfile;
import dev.tilesmith.runtime.DispatchTable;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a table says of tile registers, on CPUs that have them and on those that were made before. */
final class TileRegistersExplainedTest {
    /** All that tile registers have code for, and from how many rows on they multiply: blocks wait for a whole tile and part of another. */
    private static final Map<DispatchTable<?>, Integer> SERVED = Map.of(
            Int8KernelKernels.table(), 5,
            Int8StaticKernelKernels.table(), 5,
            Int8SumsKernelKernels.table(), 5,
            Int4ChannelKernelKernels.table(), 5,
            Int4StaticKernelKernels.table(), 5,
            TwoBitKernelKernels.table(), 5,
            Int4BlockKernelKernels.table(), 16 + 9,
            PairedInt8KernelKernels.table(), 16 + 9,
            PairedInt4KernelKernels.table(), 16 + 9,
            PairedMinsKernelKernels.table(), 16 + 9);

    @ParameterizedTest
    @ValueSource(strings = {"sapphire-rapids", "emerald-rapids", "granite-rapids"})
    void theyAreChosenAndSaidFromHowManyRowsOn(String cpu) {
        SERVED.forEach((table, rows) -> {
            final String explained = table.explain(CpuProfile.named(cpu));
            assertTrue(explained.contains("tile registers from " + rows + " rows on, vectors below"), explained);
            assertTrue(explained.lines().anyMatch(line -> line.startsWith("  -> AMX ")), explained);
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"ice-lake", "zen5"})
    void whereThereAreNoneItIsSaidWhy(String cpu) {
        for (final DispatchTable<?> table : SERVED.keySet()) {
            final String explained = table.explain(CpuProfile.named(cpu));
            assertFalse(explained.contains("tile registers from"), explained);
            assertTrue(
                    explained
                            .lines()
                            .anyMatch(line -> line.startsWith("  -- AMX ") && line.contains("the CPU lacks AMX-TILE")),
                    explained);
        }
    }
}
