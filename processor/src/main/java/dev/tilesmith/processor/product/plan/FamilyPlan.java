package dev.tilesmith.processor.product.plan;

import dev.tilesmith.processor.lower.KernelTarget;
import dev.tilesmith.processor.lower.RegisterModel;
import dev.tilesmith.processor.model.FamilyName;
import dev.tilesmith.processor.program.Contraction;
import dev.tilesmith.spec.Schedule;
import dev.tilesmith.spec.Target;
import java.util.List;

/**
 * The tiles of one target.
 *
 * @param kernelTarget the target
 * @param contraction what its tiles sum
 * @param schedule how its loops go along K
 * @param nr columns of its tiles
 * @param mrs rows of its tiles, ascending from 1
 * @param rank whether it is there to be measured
 */
public record FamilyPlan(
        KernelTarget kernelTarget, Contraction contraction, Schedule schedule, int nr, List<Integer> mrs, Rank rank) {
    /** Why there is a family. */
    public enum Rank {
        /** Each target has one. */
        DEFAULT,
        /** Measurement may choose it: it is in the lattice. */
        LATTICE
    }

    /** Checks that the there is code for the loop, that tiles are whole vectors wide, and that every number of rows can be made up of them. */
    public FamilyPlan {
        mrs = List.copyOf(mrs);
        if (!kernelTarget.schedules(contraction).contains(schedule)) {
            throw new IllegalArgumentException("schedule: " + schedule + "; expected one of "
                    + kernelTarget.schedules(contraction) + ", which " + kernelTarget.target() + " has code for");
        }
        final int lanes = kernelTarget.registers(contraction).lanes();
        if (nr < 1 || nr % lanes != 0) {
            throw new IllegalArgumentException("nr: " + nr + "; expected a multiple of " + lanes + " lanes");
        }
        if (mrs.isEmpty()
                || mrs.getFirst() != 1
                || !mrs.equals(mrs.stream().distinct().sorted().toList())) {
            throw new IllegalArgumentException("mrs: " + mrs + "; expected rows that ascend from 1");
        }
    }

    /** The target's name. */
    public Target target() {
        return kernelTarget.target();
    }

    /** What tells its names in generated code from those of the declaration's other families. */
    public FamilyName name() {
        return switch (rank) {
            case DEFAULT -> FamilyName.of(target());
            case LATTICE -> FamilyName.of(target(), nr, schedule);
        };
    }

    /** Whether it has every tile of another. */
    public boolean has(FamilyPlan other) {
        return target() == other.target()
                && schedule.equals(other.schedule)
                && nr == other.nr
                && mrs.containsAll(other.mrs);
    }

    /** Its registers. */
    public RegisterModel registers() {
        return kernelTarget.registers(contraction);
    }

    /** 32-bit lanes of its vectors. */
    public int lanes() {
        return registers().lanes();
    }

    /** Vectors of columns of a tile. */
    public int vectors() {
        return nr / lanes();
    }

    /** Values along K that lie together in packed weights; where a byte holds several, bytes. */
    public int kr() {
        return contraction.bytesTogether();
    }

    /** What its code adds to int8 values of a static left operand. */
    public int lhsOffset() {
        return contraction.lhs().offset();
    }
}
