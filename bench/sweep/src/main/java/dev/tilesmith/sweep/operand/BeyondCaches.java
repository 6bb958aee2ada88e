package dev.tilesmith.sweep.operand;

import dev.tilesmith.cpu.CacheSizes;
import dev.tilesmith.cpu.Host;

/** How much must be read in turn for it to come from memory, whatever the last-level cache of the machine. */
public final class BeyondCaches {
    /** Enough for most machines, and for what a system says of no cache at all. */
    private static final long LEAST = 256L << 20;

    private BeyondCaches() {}

    /** Bytes that no cache of this machine holds. */
    public static long bytes() {
        return bytes(Host.current().cpu().caches());
    }

    /** Twice what the largest holds: of what exceeds a cache by little, one that does not evict in turn serves a part. */
    static long bytes(CacheSizes caches) {
        return Math.max(LEAST, 2L * caches.l3());
    }
}
