package dev.tilesmith.processor.lower;

import dev.tilesmith.processor.asm.MachineCode;
import dev.tilesmith.processor.program.Contraction;
import dev.tilesmith.processor.program.Program;
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
     */
    MachineCode assemble(int nr, List<Program> programs);

    /**
     * The function that quantizes rows as they come: in blocks, if these have scales of their own.
     *
     * @param contraction what is summed of the rows
     */
    MachineCode quantizer(Contraction contraction);
}
