package dev.tilesmith.kernel.dispatch;

import dev.tilesmith.kernel.layout.PanelFamily;
import dev.tilesmith.tune.Tuning;
import java.util.Objects;

/**
 * A family that may serve a class of shapes.
 *
 * @param entry where the table has it
 * @param family the family, with the tiles that are used
 * @param tuning what it is driven by
 * @param origin by what it was chosen
 */
record Candidate(FamilyEntry entry, PanelFamily family, Tuning tuning, Origin origin) {
    /** Whether what is made of another may serve for it too. */
    boolean isMadeLike(Candidate other) {
        return Objects.equals(family, other.family) && Objects.equals(tuning, other.tuning);
    }
}
