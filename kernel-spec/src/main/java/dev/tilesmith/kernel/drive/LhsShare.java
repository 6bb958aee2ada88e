package dev.tilesmith.kernel.drive;

import dev.tilesmith.cpu.Host;
import dev.tilesmith.tune.Knob;
import dev.tilesmith.tune.Tuning;

/** How much of the second-level cache a block of rows may fill, so that it stays there while all panels go over it. */
final class LhsShare {
    private static final int EIGHTHS = 8;

    private LhsShare() {}

    /** In bytes. */
    static long bytes(Host host, Tuning tuning) {
        return host.cpu().caches().l2() / EIGHTHS * tuning.get(Knob.LHS_SHARE_OF_L2);
    }
}
