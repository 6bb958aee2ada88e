package dev.tilesmith.kernel.dispatch;

import dev.tilesmith.kernel.layout.PanelFamily;
import dev.tilesmith.tune.Tuning;

/**
 * A family that may serve a class of shapes.
 *
 * @param entry where the table has it
 * @param family the family, with the tiles that are used
 * @param tuning what it is driven by
 * @param origin by what it was chosen
 */
record Candidate(FamilyEntry entry, PanelFamily family, Tuning tuning, Origin origin) {
    /** What of it is made: others that have it may share that. */
    Recipe recipe() {
        return new Recipe(family, tuning);
    }

    /**
     * What tells apart what computes.
     *
     * @param family the family
     * @param tuning what it is driven by
     */
    record Recipe(PanelFamily family, Tuning tuning) {}
}
