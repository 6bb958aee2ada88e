package dev.tilesmith.processor.plan;

import dev.tilesmith.spec.Target;
import java.util.List;

/**
 * The tiles of one target.
 *
 * @param target the target
 * @param lanes 32-bit lanes of its vectors
 * @param nr columns of its tiles
 * @param kr values along K that lie together in packed weights
 * @param mrs rows of its tiles, ascending from 1
 */
public record FamilyPlan(Target target, int lanes, int nr, int kr, List<Integer> mrs) {
    /** Makes the list immutable. */
    public FamilyPlan {
        mrs = List.copyOf(mrs);
    }

    /** Vectors of columns of a tile. */
    public int vectors() {
        return nr / lanes;
    }
}
