package dev.tilesmith.processor.lower;

import dev.tilesmith.processor.asm.MachineCode;
import dev.tilesmith.processor.program.Contraction;
import dev.tilesmith.processor.program.Program;
import dev.tilesmith.spec.Schedule;
import java.util.List;

/** A target whose code is machine code. */
public non-sealed interface MachineTarget extends KernelTarget {
    /** The programs of a family that its code is made of. */
    List<Program> programs(FamilyTiles tiles);

    /**
     * The function of a family, all of its tiles.
     *
     * @param nr columns of a panel
     * @param programs those of {@link #programs}
     * @param schedule one of {@link #schedules}
     * @throws IllegalArgumentException if there is no such code
     */
    MachineCode assemble(int nr, List<Program> programs, Schedule schedule);

    /**
     * Refuses a schedule that there is no code for.
     *
     * @throws IllegalArgumentException if there is none
     */
    default void requireKnown(List<Program> programs, Schedule schedule) {
        final List<Schedule> known = schedules(programs.getFirst().contraction());
        if (!known.contains(schedule)) {
            throw new IllegalArgumentException("schedule: " + schedule + "; " + target() + " has code for " + known);
        }
    }

    /**
     * The function that quantizes rows as they come: in blocks, if these have scales of their own.
     *
     * @param contraction what is summed of the rows
     */
    MachineCode quantizer(Contraction contraction);
}
