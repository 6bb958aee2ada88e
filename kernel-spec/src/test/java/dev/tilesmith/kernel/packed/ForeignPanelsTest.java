package dev.tilesmith.kernel.packed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.tilesmith.kernel.layout.PanelLayout;
import dev.tilesmith.runtime.Family;
import dev.tilesmith.runtime.PackedRhs;
import dev.tilesmith.spec.Format;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Anybody may implement what users see of packed weights; kernels take their own alone. */
final class ForeignPanelsTest {
    private record Anybodys(int n, int k, int blockLength, MemorySegment data) implements PackedRhs {
        @Override
        public Family family() {
            throw new UnsupportedOperationException("is of no family");
        }

        @Override
        public void save(Path path) {
            throw new UnsupportedOperationException("saves nothing");
        }
    }

    @Test
    void ofSomebodyElseAreRefusedByName() {
        final PackedRhs foreign = new Anybodys(1, 1, 1, MemorySegment.NULL);
        final String message = assertThrows(IllegalArgumentException.class, () -> PackedPanels.of(foreign))
                .getMessage();
        assertEquals(
                "rhs: a " + Anybodys.class.getName() + "; expected what packRhs or mapRhs of a kernel has returned",
                message);
    }

    @Test
    void oursAreTheSame() {
        final PanelLayout layout = new PanelLayout(Format.F32, 4, 1, false);
        final PackedRhs ours = new PackedPanels(layout, 4, 3, Arena.ofAuto().allocate(layout.bytes(4, 3), 64));
        assertSame(ours, PackedPanels.of(ours));
    }
}
