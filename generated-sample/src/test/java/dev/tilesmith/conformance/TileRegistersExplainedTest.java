package dev.tilesmith.conformance;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tilesmith.cpu.CpuProfile;
import dev.tilesmith.runtime.DispatchTable;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a table says of tile registers, on CPUs that have them and on those that were made before. */
final class TileRegistersExplainedTest {
    /** Weights of eight bits, four and two without blocks, with rows of either kind: what tile registers have code for. */
    private static final List<DispatchTable<?>> SERVED = List.of(
            Int8KernelKernels.table(),
            Int8StaticKernelKernels.table(),
            Int8SumsKernelKernels.table(),
            Int4ChannelKernelKernels.table(),
            Int4StaticKernelKernels.table(),
            TwoBitKernelKernels.table());

    @ParameterizedTest
    @ValueSource(strings = {"sapphire-rapids", "emerald-rapids", "granite-rapids"})
    void theyAreChosenAndSaidFromHowManyRowsOn(String cpu) {
        for (final DispatchTable<?> table : SERVED) {
            final String explained = table.explain(CpuProfile.named(cpu));
            assertTrue(explained.contains("tile registers from 5 rows on, vectors below"), explained);
            assertTrue(explained.lines().anyMatch(line -> line.startsWith("  -> AMX ")), explained);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"ice-lake", "zen5"})
    void whereThereAreNoneItIsSaidWhy(String cpu) {
        for (final DispatchTable<?> table : SERVED) {
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
