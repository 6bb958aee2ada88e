package dev.tilesmith.kernel.packing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tilesmith.runtime.Matrix;
import dev.tilesmith.runtime.Weights;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An arena may be anybody's: what it gives is taken if it is what was asked for. */
final class PanelMemoryTest {
    private static final long BYTES = 640;

    /** An arena that gives what it likes. */
    private record Giving(Supplier<MemorySegment> memory) implements Arena {
        @Override
        public MemorySegment allocate(long byteSize, long byteAlignment) {
            return memory.get();
        }

        @Override
        public MemorySegment.Scope scope() {
            return Arena.global().scope();
        }

        @Override
        public void close() {
            throw new UnsupportedOperationException("close");
        }
    }

    private static MemorySegment given(MemorySegment memory) {
        return PanelMemory.of(new Giving(() -> memory), BYTES, 1);
    }

    private static void assertRefused(String message, MemorySegment memory) {
        assertRefused(message, new Giving(() -> memory), 1);
    }

    private static void assertRefused(String message, Arena arena, int threads) {
        assertEquals(
                message,
                assertThrows(IllegalArgumentException.class, () -> PanelMemory.of(arena, BYTES, threads))
                        .getMessage());
    }

    private static MemorySegment memory(long bytes) {
        return Arena.ofAuto().allocate(bytes, 64);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, BYTES / 2, BYTES - 1})
    void lessIsRefused(long bytes) {
        assertRefused("arena: gave " + bytes + " bytes; expected 640", memory(bytes));
    }

    /** Panels are of one size, whatever lies behind them. */
    @ParameterizedTest
    @ValueSource(longs = {0, 1, 64, 1 << 20})
    void ofMoreTheBeginningIsTaken(long more) {
        final MemorySegment memory = memory(BYTES + more);
        final MemorySegment taken = given(memory);
        assertEquals(memory.address(), taken.address());
        assertEquals(BYTES, taken.byteSize());
    }

    @Test
    void memoryOfAnotherAlignmentIsRefused() {
        final MemorySegment memory = memory(BYTES + 64);
        for (int at = 1; at < 64; at++) {
            final MemorySegment slice = memory.asSlice(at, BYTES);
            assertRefused(
                    "arena: gave memory at address 0x" + Long.toHexString(slice.address())
                            + "; expected a multiple of 64",
                    slice);
        }
    }

    @Test
    void anArrayIsRefused() {
        final MemorySegment array = MemorySegment.ofArray(new long[(int) BYTES / Long.BYTES]);
        assertRefused("arena: gave a segment over a Java array; expected memory outside the heap", array);
        assertRefused("arena: gave a segment over a Java array; expected memory outside the heap", array.asReadOnly());
    }

    @Test
    void memoryThatCannotBeWrittenIsRefused() {
        assertRefused(
                "arena: gave a read-only segment; expected one that can be written",
                memory(BYTES).asReadOnly());
    }

    @Test
    @SuppressWarnings({"NullAway", "DataFlowIssue"}) // an arena of somebody who takes no notice of nullness
    void nothingIsRefused() {
        assertRefused("arena: gave null; expected 640 bytes", new Giving(() -> null), 1);
    }

    @Test
    void closedMemoryAndClosedArenasAreRefused() {
        final Arena closed = Arena.ofShared();
        final MemorySegment gone = closed.allocate(BYTES, 64);
        closed.close();
        assertRefused("arena: its arena is closed; expected memory that is alive", gone);
        assertRefused("arena: closed; expected one that is open", closed, 1);
    }

    @Test
    void memoryOfOneThreadIsRefusedToSeveralAndToOthers() throws InterruptedException {
        try (Arena own = Arena.ofConfined()) {
            assertRefused(
                    "arena: confined to the calling thread, with parallelism 2; expected memory of a shared or"
                            + " automatic arena, or parallelism 1",
                    own,
                    2);
            assertEquals(BYTES, PanelMemory.of(own, BYTES, 1).byteSize());
            final MemorySegment memory = own.allocate(BYTES, 64);
            final AtomicReference<Throwable> failure = new AtomicReference<>();
            final Thread other = Thread.ofPlatform().unstarted(() -> {
                assertRefused(
                        "arena: confined to another thread than the calling one; expected one of this thread, or a"
                                + " shared or automatic one",
                        own,
                        1);
                assertRefused(
                        "arena: confined to another thread than the calling one; expected memory of this thread, or of"
                                + " a shared or automatic arena",
                        memory);
            });
            other.setUncaughtExceptionHandler((_, thrown) -> failure.set(thrown));
            other.start();
            other.join();
            assertEquals(null, failure.get());
        }
    }

    /** An arena that gives the same piece twice would have the packer write over what it reads. */
    @Test
    void memoryOfTheWeightsIsRefused() {
        final MemorySegment memory = memory(4096);
        for (int at = 0; at <= 2048; at += 64) {
            final MemorySegment panels = memory.asSlice(at, BYTES);
            final Weights weights = Weights.nByK(Matrix.of(memory.asSlice(1024, BYTES), 10, 16));
            final Packing packing = new Packing(new Giving(() -> panels), Runnable::run, 1);
            if (at + BYTES <= 1024 || at >= 1024 + BYTES) {
                assertTrue(packing.allocate(weights, BYTES).address() == panels.address());
            } else {
                assertEquals(
                        "arena: gave memory that overlaps the weights; expected memory of its own",
                        assertThrows(IllegalArgumentException.class, () -> packing.allocate(weights, BYTES))
                                .getMessage());
            }
        }
    }
}
