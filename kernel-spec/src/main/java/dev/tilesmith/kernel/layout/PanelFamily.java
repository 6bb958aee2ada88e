package dev.tilesmith.kernel.layout;

import dev.tilesmith.kernel.target.TargetTraits;
import dev.tilesmith.runtime.ErrorBound;
import dev.tilesmith.runtime.Family;
import dev.tilesmith.spec.Format;
import dev.tilesmith.spec.Schedule;
import dev.tilesmith.spec.Target;
import dev.tilesmith.spec.Variant;
import java.util.List;
import java.util.Optional;

/**
 * A family, and the layout of packed weights that its variants share.
 *
 * @param dst format of the result
 * @param lhs format of the left operand
 * @param layout layout of the packed right operand
 * @param target instruction set
 * @param schedule how its loops go along K
 * @param mrs rows of the tiles there are, in ascending order from 1
 */
public record PanelFamily(
        Format dst, Format lhs, PanelLayout layout, Target target, Schedule schedule, List<Integer> mrs)
        implements Family {
    /** A family whose loops go along K as every target's do. */
    public PanelFamily(Format dst, Format lhs, PanelLayout layout, Target target, List<Integer> mrs) {
        this(dst, lhs, layout, target, Schedule.DEFAULT, mrs);
    }

    /** Checks that every number of rows can be made up. */
    public PanelFamily {
        mrs = List.copyOf(mrs);
        if (mrs.isEmpty() || mrs.getFirst() != 1) {
            throw new IllegalArgumentException("mrs: " + mrs + "; expected ascending tile rows from 1");
        }
    }

    /**
     * What a kernel's family is besides what users see of it.
     *
     * @throws IllegalArgumentException if it is not one of generated code's
     */
    public static PanelFamily of(Family family) {
        if (family instanceof PanelFamily panels) {
            return panels;
        }
        throw new IllegalArgumentException(
                "family: a " + family.getClass().getName() + "; expected one of a kernel or a table");
    }

    @Override
    public Format rhs() {
        return layout.format();
    }

    @Override
    public int nr() {
        return layout.nr();
    }

    @Override
    public List<Variant> variants() {
        return mrs.stream()
                .map(mr -> new Variant(dst, lhs, layout.format(), mr, layout.nr(), layout.kr(), target, schedule))
                .toList();
    }

    @Override
    public Optional<ErrorBound> errorBound() {
        return layout.pairsHalves()
                ? TargetTraits.of(target)
                        .pairs()
                        .roundings()
                        .map(roundings -> new ErrorBound(roundings.along(), roundings.within(), roundings.units()))
                : Optional.empty();
    }

    /** This family without tiles taller than {@code mr}, but with one for all rows that lie together. */
    public PanelFamily upTo(int mr) {
        return new PanelFamily(
                dst,
                lhs,
                layout,
                target,
                schedule,
                mrs.stream()
                        .filter(rows -> rows
                                <= Math.max(mr, TargetTraits.rowGroups(target).together()))
                        .toList());
    }

    @Override
    public int maxMr() {
        return mrs.getLast();
    }
}
