package dev.tilesmith.processor.lower.x86;

import dev.tilesmith.processor.asm.x86.Label;
import dev.tilesmith.processor.program.Program;

/** The code of one tile. */
interface TileCode {
    /** Where a tile's code begins. */
    static Label entry(Program program) {
        return new Label("tile" + program.mr() + "x" + program.nr());
    }

    /** A place in a tile's code. */
    static Label label(Program program, String place) {
        return new Label(entry(program).name() + "_" + place);
    }

    /** Emits the code, which ends with a jump to {@code done}. */
    void emit(Label done);
}
