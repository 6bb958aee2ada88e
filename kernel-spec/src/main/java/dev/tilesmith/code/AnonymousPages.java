package dev.tilesmith.code;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Optional;

/**
 * Memory of the operating system that counts against no limit of the JVM's, for what machine code works with while it runs.
 * The JVM counts what its own arenas allocate against {@code -XX:MaxDirectMemorySize}, which is for a program's buffers.
 */
public final class AnonymousPages {
    private final MemoryCalls calls;

    private AnonymousPages(MemoryCalls calls) {
        this.calls = calls;
    }

    /** The pages of this system: nothing where it is not Linux, or where native access is denied. */
    public static Optional<AnonymousPages> ofSystem() {
        return OfSystem.PAGES;
    }

    /**
     * Maps zeros that are unmapped when nobody has them any more.
     *
     * @param bytes at least 1
     * @return the memory, or nothing where the system maps none
     */
    @SuppressWarnings("restricted")
    public Optional<MemorySegment> map(long bytes) {
        try {
            return Optional.of(calls.mapAnonymous(bytes).reinterpret(Arena.ofAuto(), calls.unmapping()));
        } catch (CodeRefusedException _) {
            return Optional.empty();
        }
    }

    /** Linked when it is first asked for, and once. */
    private static final class OfSystem {
        static final Optional<AnonymousPages> PAGES = link();

        private OfSystem() {}

        private static Optional<AnonymousPages> link() {
            try {
                return Optional.of(new AnonymousPages(LinuxCalls.ofSystem()));
            } catch (CodeRefusedException _) {
                return Optional.empty();
            }
        }
    }
}
