package dev.tilesmith.processor.asm.x86;

import dev.tilesmith.processor.asm.Collector;
import dev.tilesmith.processor.asm.Syntax;
import java.util.List;

/**
 * Collects x86 code. Jumps to labels take one byte's distance where that reaches, as GNU as has it. To jump by a table:
 * {@code lea} the table, {@code movsxd} an entry, {@code add}, {@code jmp}.
 */
public final class Assembler extends Collector<Label, Assembler> {
    private static final Syntax GNU_INTEL = new Syntax(".intel_syntax noprefix\n", "#", 16, 1, Nops::of);

    private final Mode mode;

    /** An assembler that uses these vector encodings. */
    public Assembler(Mode mode) {
        super(GNU_INTEL);
        this.mode = mode;
    }

    @Override
    protected Assembler self() {
        return this;
    }

    @Override
    protected Label labelNamed(String name) {
        return new Label(name);
    }

    /** The vector encodings in use. */
    public Mode mode() {
        return mode;
    }

    /**
     * Adds an instruction; operands in Intel's order, a rounding last.
     *
     * @throws IllegalArgumentException if no form takes the operands, naming the one at fault and what would be right
     */
    public Assembler emit(Op op, Operand... operands) {
        return add(new Instruction(op, mode, List.of(operands), ""));
    }

    /** As {@link #emit}, with a comment for the listing. */
    public Assembler note(String comment, Op op, Operand... operands) {
        return add(new Instruction(op, mode, List.of(operands), comment));
    }

    /** Adds an instruction made elsewhere. */
    public Assembler add(Instruction instruction) {
        return addCode(instruction);
    }
}
