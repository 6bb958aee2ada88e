package dev.tilesmith.kernel.packing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tilesmith.kernel.layout.PanelLayout;
import dev.tilesmith.kernel.packed.PackedPanels;
import dev.tilesmith.kernel.thread.PartRunner;
import dev.tilesmith.runtime.Matrix;
import dev.tilesmith.runtime.Weights;
import dev.tilesmith.spec.Format;
import java.lang.foreign.Arena;
import java.lang.foreign.ValueLayout;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** As many threads as an int counts are as many as there is work for. */
final class ThreadCountsTest {
    @Test
    void packingHandsOutNoMoreThanMachinesHave() {
        final int n = 100_000;
        final float[] values = new float[n];
        for (int i = 0; i < n; i++) {
            values[i] = i;
        }
        final AtomicInteger tasks = new AtomicInteger();
        final Executor counting = task -> {
            tasks.incrementAndGet();
            task.run();
        };
        final PanelLayout layout = new PanelLayout(Format.F32, 1, 1, false);
        final PackedPanels packed = F32RhsPacker.pack(
                Weights.nByK(Matrix.of(values, n, 1)),
                layout,
                new Packing(Arena.ofAuto(), counting, Integer.MAX_VALUE));
        assertTrue(tasks.get() < PartRunner.MOST_THREADS, tasks + " tasks");
        for (int i = 0; i < n; i++) {
            assertEquals(i, packed.data().get(ValueLayout.JAVA_FLOAT_UNALIGNED, i * packed.panelBytes()));
        }
    }
}
