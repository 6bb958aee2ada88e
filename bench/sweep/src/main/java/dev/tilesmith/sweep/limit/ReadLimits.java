package dev.tilesmith.sweep.limit;

import dev.tilesmith.cpu.CacheSizes;
import dev.tilesmith.runtime.HugePageArena;
import dev.tilesmith.sweep.measure.Clock;
import dev.tilesmith.sweep.measure.Contender;
import dev.tilesmith.sweep.measure.Pace;
import dev.tilesmith.sweep.measure.Turns;
import dev.tilesmith.sweep.measure.WarmUp;
import dev.tilesmith.sweep.operand.BeyondCaches;
import java.lang.foreign.Arena;
import java.time.Duration;
import java.util.List;
import java.util.OptionalDouble;

/**
 * How fast one thread reads, from the last-level cache and from memory: loads of all of a buffer, in turns as variants have them.
 * What several threads read together they share in no way that one of them tells, and how fast a core computes depends on the
 * instruction: neither is measured here.
 */
public final class ReadLimits {
    private static final String VECTORS = "jdk.incubator.vector";
    private static final Duration MOST = Duration.ofMillis(500);

    /** Bytes that are read to have the loop compiled. */
    private static final long TO_COMPILE = 1 << 16;

    /** Of a cache, so much that what else is in it does not matter. */
    private static final int SHARE_OF_CACHE = 4;

    private final CacheSizes caches;
    private final Clock clock;

    /** A sum, which is needed for loads to be. */
    private float sum;

    /** Of a machine with such caches. */
    public ReadLimits(CacheSizes caches, Clock clock) {
        this.caches = caches;
        this.clock = clock;
    }

    /** Measures; what a JVM without the Vector API cannot read fast enough to tell is unknown. */
    public Limits measure(Pace pace) {
        if (ModuleLayer.boot().findModule(VECTORS).isEmpty()) {
            return Limits.UNKNOWN;
        }
        try (Arena arena = Arena.ofConfined()) {
            final Arena pages = HugePageArena.in(arena);
            final StreamedLoads small = loads(pages, TO_COMPILE);
            WarmUp.THOROUGH.untilCalm(() -> sum += small.run());
            final StreamedLoads cache = loads(pages, Math.max(caches.l2(), caches.l3()) / SHARE_OF_CACHE);
            final StreamedLoads memory = loads(pages, BeyondCaches.bytes());
            final Contender<StreamedLoads> fromCache = new Contender<>(cache, () -> sum += cache.run());
            final Contender<StreamedLoads> fromMemory = new Contender<>(memory, () -> sum += memory.run());
            new Turns<StreamedLoads>(clock, 1, () -> {})
                    .all(List.of(fromCache, fromMemory), clock.nanos() + MOST.toNanos(), pace);
            return new Limits(OptionalDouble.empty(), speed(fromCache), speed(fromMemory));
        }
    }

    /** Every page is touched: an untouched one is read from a single page of zeros. */
    private static StreamedLoads loads(Arena pages, long bytes) {
        return new StreamedLoads(pages.allocate(bytes, 64).fill((byte) 1));
    }

    private static OptionalDouble speed(Contender<StreamedLoads> reader) {
        return OptionalDouble.of(reader.candidate().bytes() / reader.estimate().median());
    }
}
