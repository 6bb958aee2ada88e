package dev.tilesmith.processor.lower.x86;

import static dev.tilesmith.processor.asm.x86.Mem.mem;
import static dev.tilesmith.processor.asm.x86.Op.ADD;
import static dev.tilesmith.processor.asm.x86.Op.CMP;
import static dev.tilesmith.processor.asm.x86.Op.IMUL;
import static dev.tilesmith.processor.asm.x86.Op.JE;
import static dev.tilesmith.processor.asm.x86.Op.JLE;
import static dev.tilesmith.processor.asm.x86.Op.MOV;
import static dev.tilesmith.processor.asm.x86.Op.PREFETCHT0;
import static dev.tilesmith.processor.lower.x86.FamilyRegisters.ARGUMENTS;
import static dev.tilesmith.processor.lower.x86.FamilyRegisters.FETCH;
import static dev.tilesmith.processor.lower.x86.FamilyRegisters.PASS_FETCH;
import static dev.tilesmith.processor.lower.x86.FamilyRegisters.RHS;
import static dev.tilesmith.processor.lower.x86.FamilyRegisters.SCRATCH;

import dev.tilesmith.kernel.argument.NativeArguments;
import dev.tilesmith.processor.asm.x86.Assembler;
import dev.tilesmith.processor.asm.x86.Imm;
import dev.tilesmith.processor.asm.x86.Label;
import dev.tilesmith.processor.asm.x86.Mem;
import dev.tilesmith.spec.Schedule;

/** What the loops of a family fetch ahead, by its schedule: nothing where the CPU is to do it by itself. */
final class FetchAhead {
    /** Bytes that one instruction fetches. */
    static final int LINE = 64;

    private static final int QUARTERS = 4;

    private final Assembler asm;
    private final Schedule schedule;

    FetchAhead(Assembler asm, Schedule schedule) {
        this.asm = asm;
        this.schedule = schedule;
    }

    private boolean fetches() {
        return switch (schedule.prefetch()) {
            case AHEAD -> true;
            case NONE -> false;
        };
    }

    /** At the start of the function: sets how far a pass of several steps moves the place, for no register has room for it. */
    void begin() {
        if (fetches() && schedule.unroll() > 1) {
            asm.emit(IMUL, SCRATCH, mem(ARGUMENTS, NativeArguments.PREFETCH_STEP), new Imm(schedule.unroll()));
            asm.emit(MOV, mem(ARGUMENTS, PASS_FETCH), SCRATCH);
        }
    }

    /** Goes to the place that is fetched first. */
    void beginPanel() {
        if (fetches()) {
            asm.emit(MOV, FETCH, RHS);
            asm.emit(ADD, FETCH, mem(ARGUMENTS, NativeArguments.PREFETCH_OFFSET));
        }
    }

    /** Fetches so many bytes. */
    void lines(Mem from, int bytes) {
        if (fetches()) {
            for (int line = 0; line < bytes; line += LINE) {
                asm.emit(PREFETCHT0, from.plus(line));
            }
        }
    }

    /**
     * Fetches what so many steps take of a panel, or a quarter of it where four tiles or more go over the panel meanwhile.
     *
     * @param step bytes of a panel that a step takes
     * @param place where in the code, for a label
     */
    void linesOfSteps(int steps, int step, String place) {
        if (fetches()) {
            final int quarter = steps * step / QUARTERS;
            final Label shared = new Label(place + "_fetched");
            lines(mem(FETCH), quarter);
            asm.emit(CMP, mem(ARGUMENTS, NativeArguments.PREFETCH_STEP), new Imm(step / QUARTERS));
            asm.emit(JLE, shared);
            lines(mem(FETCH, quarter), steps * step - quarter);
            asm.bind(shared);
        }
    }

    /**
     * The same, but nothing where the place does not move: what is fetched is in the second-level cache then, from which tile registers are
     * loaded as it is.
     *
     * @param move how far it moves, as it was kept
     */
    void linesOfStepsIfMoved(int steps, int step, Mem move, String place) {
        if (fetches()) {
            final Label near = new Label(place + "_near");
            asm.emit(CMP, move, new Imm(0));
            asm.emit(JE, near);
            linesOfSteps(steps, step, place);
            asm.bind(near);
        }
    }

    /** Keeps how far so many steps move the place, in memory of the caller's. */
    void keepMove(int steps, Mem to) {
        if (fetches()) {
            asm.emit(IMUL, SCRATCH, mem(ARGUMENTS, NativeArguments.PREFETCH_STEP), new Imm(steps));
            asm.emit(MOV, to, SCRATCH);
        }
    }

    /** Moves the place as far as was kept. */
    void advance(Mem move) {
        if (fetches()) {
            asm.emit(ADD, FETCH, move);
        }
    }

    /** Moves the place on. */
    void advance(int steps) {
        if (!fetches()) {
            return;
        }
        if (steps > 1 && steps == schedule.unroll()) {
            asm.emit(ADD, FETCH, mem(ARGUMENTS, PASS_FETCH));
            return;
        }
        for (int step = 0; step < steps; step++) {
            asm.emit(ADD, FETCH, mem(ARGUMENTS, NativeArguments.PREFETCH_STEP));
        }
    }
}
