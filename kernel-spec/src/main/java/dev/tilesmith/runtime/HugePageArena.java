package dev.tilesmith.runtime;

import dev.tilesmith.code.HugePages;
import dev.tilesmith.setting.Settings;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * An arena whose large segments lie in huge pages, for the weights of a model: {@code packRhs(weights, HugePageArena.in(
 * Arena.ofShared()))}. A product with few rows reads all weights once, and from memory it does so as fast as the CPU finds
 * the pages: a third faster with pages of 2 MiB, where this was measured, than with those of 4 KiB.
 *
 * <p>Segments of {@link #SMALLEST} bytes and more are mapped by the operating system, on Linux; others, and all where
 * nothing can be mapped (another system, native access denied, {@code -Dtilesmith.native=off}), are the inner arena's.
 * Mapped segments do not count against {@code -XX:MaxDirectMemorySize}, so that a collector which is to free them, with
 * {@link Arena#ofAuto()}, is not told that there are many: an arena that is closed is the better choice.
 */
public final class HugePageArena implements Arena {
    /** What is smaller is not worth a mapping of its own. */
    public static final long SMALLEST = HugePages.SIZE;

    private final Arena arena;
    private final Supplier<Optional<HugePages>> pages;

    /** An arena that asks for {@code pages} at each large segment, and not before. */
    HugePageArena(Arena arena, Supplier<Optional<HugePages>> pages) {
        this.arena = arena;
        this.pages = pages;
    }

    /** An arena that lives as long as {@code arena}, is used by the same threads, and closes it when it is closed. */
    public static HugePageArena in(Arena arena) {
        return new HugePageArena(arena, Settings.current().nativeCode() ? HugePages::ofSystem : Optional::empty);
    }

    /**
     * A segment of zeros.
     *
     * @throws IllegalArgumentException if {@code byteSize} is negative, or {@code byteAlignment} no power of two
     * @throws IllegalStateException if the arena was closed
     * @throws WrongThreadException if the arena is another thread's
     */
    @Override
    public MemorySegment allocate(long byteSize, long byteAlignment) {
        if (byteSize < SMALLEST || byteAlignment > HugePages.SIZE || Long.bitCount(byteAlignment) != 1) {
            return arena.allocate(byteSize, byteAlignment);
        }
        return pages.get()
                .flatMap(system -> system.map(byteSize, arena))
                .orElseGet(() -> arena.allocate(byteSize, byteAlignment));
    }

    @Override
    public MemorySegment.Scope scope() {
        return arena.scope();
    }

    @Override
    public void close() {
        arena.close();
    }
}
