package dev.tilesmith.kernel.dispatch;

import dev.tilesmith.code.CodeRefusedException;
import dev.tilesmith.cpu.Host;
import dev.tilesmith.kernel.drive.Compute;
import dev.tilesmith.kernel.layout.PanelFamily;
import dev.tilesmith.tune.Tuning;

/**
 * One family of a table.
 *
 * @param family what it is
 * @param factory makes what computes by it, or by a part of its tiles; its code is not touched before that, for it may
 *     not link everywhere
 */
public record FamilyEntry(PanelFamily family, Factory factory) {
    /** Makes what computes by a family. */
    @FunctionalInterface
    public interface Factory {
        /**
         * What computes by {@code family}, or by a part of its tiles, for {@code host}, as {@code tuning} says.
         *
         * @throws CodeRefusedException if the system does not let its machine code run
         */
        Compute make(PanelFamily family, Host host, Tuning tuning) throws CodeRefusedException;
    }
}
