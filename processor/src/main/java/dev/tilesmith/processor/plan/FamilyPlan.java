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
    /** Checks that the tiles are whole vectors wide, and that every number of rows can be made up of them. */
    public FamilyPlan {
        mrs = List.copyOf(mrs);
        if (nr < 1 || nr % lanes != 0) {
            throw new IllegalArgumentException("nr: " + nr + "; expected a multiple of " + lanes + " lanes");
        }
        if (mrs.isEmpty()
                || mrs.getFirst() != 1
                || !mrs.equals(mrs.stream().distinct().sorted().toList())) {
            throw new IllegalArgumentException("mrs: " + mrs + "; expected rows that ascend from 1");
        }
    }

    /** Whether its code is machine code, not Java. */
    public boolean isNative() {
        return switch (target) {
            case SCALAR, VECTOR_128, VECTOR_256, VECTOR_512 -> false;
            case AVX2, AVX_VNNI, AVX512, AVX512_VNNI, NEON_DOTPROD, NEON_I8MM, SME, SME2 -> true;
        };
    }

    /** What its code adds to int8 values of a static left operand: VNNI multiplies unsigned bytes with signed ones. */
    public int lhsOffset() {
        return switch (target) {
            case AVX_VNNI, AVX512_VNNI -> 128;
            default -> 0;
        };
    }

    /** Vectors of columns of a tile. */
    public int vectors() {
        return nr / lanes;
    }
}
