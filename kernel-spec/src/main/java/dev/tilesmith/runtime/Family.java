package dev.tilesmith.runtime;

import dev.tilesmith.kernel.layout.PanelLayout;
import dev.tilesmith.kernel.target.TargetTraits;
import dev.tilesmith.spec.Format;
import dev.tilesmith.spec.Target;
import java.util.List;

/**
 * The variants of one target that share one layout of packed weights.
 *
 * @param dst format of the result
 * @param lhs format of the left operand
 * @param layout layout of the packed right operand
 * @param target instruction set
 * @param mrs rows of the tiles there are, in ascending order from 1
 */
public record Family(Format dst, Format lhs, PanelLayout layout, Target target, List<Integer> mrs) {
    /** Checks that every number of rows can be made up. */
    public Family {
        mrs = List.copyOf(mrs);
        if (mrs.isEmpty() || mrs.getFirst() != 1) {
            throw new IllegalArgumentException("mrs: " + mrs + "; expected ascending tile rows from 1");
        }
    }

    /** The family's variants, in ascending order of their rows. */
    public List<Variant> variants() {
        return mrs.stream()
                .map(mr -> new Variant(dst, lhs, layout.format(), mr, layout.nr(), layout.kr(), target))
                .toList();
    }

    /** This family without tiles taller than {@code mr}, but with one for all rows that lie together. */
    public Family upTo(int mr) {
        return new Family(
                dst,
                lhs,
                layout,
                target,
                mrs.stream()
                        .filter(rows -> rows
                                <= Math.max(mr, TargetTraits.rowGroups(target).together()))
                        .toList());
    }

    /** Rows of the tallest tile. */
    public int maxMr() {
        return mrs.getLast();
    }
}
