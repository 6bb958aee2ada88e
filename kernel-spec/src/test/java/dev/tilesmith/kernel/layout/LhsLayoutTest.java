package dev.tilesmith.kernel.layout;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tilesmith.kernel.packed.PackedPanels;
import dev.tilesmith.runtime.PackedRhs;
import dev.tilesmith.spec.Format;
import dev.tilesmith.spec.Target;
import java.lang.foreign.Arena;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where rows lie that machine code multiplies. */
final class LhsLayoutTest {
    private static final int LINE = 64;

    private static PanelFamily family(PanelLayout layout, Target target) {
        return new PanelFamily(Format.F32, Format.QAI8DX, layout, target, List.of(1, 32));
    }

    private static PanelLayout panels(Format weights) {
        return new PanelLayout(weights, 32, 4, true);
    }

    /** Of every row, whatever comes before its values. */
    @ParameterizedTest
    @EnumSource(names = {"QSI8CX", "QSI4CX", "QSU2CX"})
    void tileRegistersLoadValuesFromWholeLines(Format weights) {
        final PanelLayout panels = panels(weights);
        final LhsLayout layout = LhsLayout.of(family(panels, Target.AMX));
        try (Arena arena = Arena.ofConfined()) {
            for (int k = 1; k < 200; k += 33) {
                final PackedRhs packed = new PackedPanels(panels, 1, k, arena.allocate(panels.bytes(1, k), LINE));
                assertEquals(0, (layout.lead() + layout.blockMetadata()) % LINE);
                assertEquals(0, layout.stride(packed) % LINE);
                assertEquals(layout.lead() + 3 * layout.stride(packed), layout.bytes(packed, 3));
            }
        }
    }

    /** What does not load whole lines has nothing before its rows. */
    @ParameterizedTest
    @ValueSource(strings = {"AVX2", "AVX512_VNNI", "NEON_DOTPROD", "NEON_I8MM", "SME2"})
    void otherRowsAreFirst(Target target) {
        assertEquals(0, LhsLayout.of(family(panels(Format.QSI4CX), target)).lead());
    }

    /** Blocks take two rows together, outer products group them by themselves; neither takes more than lies together. */
    @Test
    void rowsOfBf16AreAsArmMultipliesThem() {
        final PanelFamily blocks = family(new PanelLayout(Format.BF16, 12, 4, true), Target.NEON_BF16);
        assertEquals(new LhsLayout(2, 4, Short.BYTES, 0, 4, 0), LhsLayout.of(blocks));
        final PanelFamily outer = family(new PanelLayout(Format.BF16, 64, 2, true), Target.SME);
        assertEquals(new LhsLayout(1, 2, Short.BYTES, 0, 2, 0), LhsLayout.of(outer));
    }

    /** They are copied. */
    @ParameterizedTest
    @EnumSource(names = {"QSI4C32", "QAI4C32", "QSI8D32"})
    void nothingIsBeforeRowsInBlocks(Format weights) {
        final PanelLayout panels = new PanelLayout(weights, 32, 4, true, Format.F16);
        assertEquals(0, LhsLayout.of(family(panels, Target.AMX)).lead());
    }
}
