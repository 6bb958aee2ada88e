package dev.tilesmith.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertThrowsExactly;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An arena of huge pages is an arena like any other. */
final class HugePageArenaTest {
    private static final long LARGE = HugePageArena.SMALLEST + 100;

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 4096, HugePageArena.SMALLEST - 1, HugePageArena.SMALLEST, LARGE})
    void givesZerosOfTheSizeAndAlignmentAskedFor(long bytes) {
        for (long alignment = 1; alignment <= 4 * HugePageArena.SMALLEST; alignment *= 16) {
            try (Arena arena = HugePageArena.in(Arena.ofConfined());
                    Arena plain = Arena.ofConfined()) {
                final MemorySegment memory = arena.allocate(bytes, alignment);
                assertEquals(0, memory.address() % alignment);
                assertEquals(bytes, memory.byteSize());
                assertEquals(-1, memory.mismatch(plain.allocate(bytes)));
                assertEquals(arena.scope(), memory.scope());
                assertNotEquals(
                        memory.address(),
                        arena.allocate(Math.max(1, bytes), alignment).address());
            }
        }
    }

    @Test
    void refusesWhatAnArenaRefuses() {
        try (Arena arena = HugePageArena.in(Arena.ofConfined())) {
            assertThrows(IllegalArgumentException.class, () -> arena.allocate(-1, 8));
            assertThrows(IllegalArgumentException.class, () -> arena.allocate(LARGE, 3));
            assertThrows(IllegalArgumentException.class, () -> arena.allocate(LARGE, 0));
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {Long.MAX_VALUE, Long.MAX_VALUE - HugePageArena.SMALLEST, Long.MAX_VALUE / 2})
    void answersToAnAbsurdSizeAsAnArenaDoes(long bytes) {
        try (Arena plain = Arena.ofConfined();
                Arena arena = HugePageArena.in(Arena.ofConfined())) {
            final Throwable expected = assertThrows(Throwable.class, () -> plain.allocate(bytes, 8));
            assertThrowsExactly(expected.getClass(), () -> arena.allocate(bytes, 8));
        }
    }

    @Test
    void theSystemIsAskedForPagesAtTheFirstLargeSegment() {
        final AtomicInteger asked = new AtomicInteger();
        try (Arena arena = new HugePageArena(Arena.ofConfined(), () -> {
            asked.incrementAndGet();
            return Optional.empty();
        })) {
            arena.allocate(HugePageArena.SMALLEST - 1, 8);
            assertEquals(0, asked.get());
            assertEquals(LARGE, arena.allocate(LARGE, 8).byteSize());
            assertEquals(1, asked.get());
        }
    }

    @Test
    void memoryDiesWithTheArena() {
        final Arena arena = HugePageArena.in(Arena.ofShared());
        final MemorySegment memory = arena.allocate(LARGE, 64);
        arena.close();
        assertFalse(memory.scope().isAlive());
        assertThrows(IllegalStateException.class, () -> memory.fill((byte) 1));
        assertThrows(IllegalStateException.class, () -> arena.allocate(LARGE, 64));
    }

    @Test
    void memoryOfAConfinedArenaIsItsThreads() throws InterruptedException {
        try (Arena arena = HugePageArena.in(Arena.ofConfined())) {
            final MemorySegment memory = arena.allocate(LARGE, 64);
            final AtomicReference<Throwable> thrown = new AtomicReference<>(new AssertionError("nothing was thrown"));
            final Thread other =
                    new Thread(() -> thrown.set(assertThrows(WrongThreadException.class, () -> memory.fill((byte) 1))));
            other.start();
            other.join();
            assertEquals(WrongThreadException.class, thrown.get().getClass());
        }
    }
}
