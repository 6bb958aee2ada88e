package dev.tilesmith.processor.asm.aarch64;

import dev.tilesmith.processor.asm.Collector;
import dev.tilesmith.processor.asm.Syntax;
import java.util.Collections;
import java.util.List;

/**
 * Collects Arm code. To jump by a table: {@code adr} the table, {@code ldrsw} an entry, {@code add}, {@code br}.
 */
public final class Assembler extends Collector<Label, Assembler> {
    private static final Syntax.Nop NOP = new Syntax.Nop("1f2003d5", "nop");

    private static final Syntax UNIFIED =
            new Syntax("", "//", 8, Instruction.BYTES, size -> Collections.nCopies(size / Instruction.BYTES, NOP));

    /** An assembler for any extension. */
    public Assembler() {
        super(UNIFIED);
    }

    @Override
    protected Assembler self() {
        return this;
    }

    @Override
    protected Label labelNamed(String name) {
        return new Label(name);
    }

    /**
     * Adds an instruction; operands in Arm's order.
     *
     * @throws IllegalArgumentException if no form takes the operands, naming the one at fault and what would be right
     */
    public Assembler emit(Op op, Operand... operands) {
        return add(new Instruction(op, List.of(operands), ""));
    }

    /** As {@link #emit}, with a comment for the listing. */
    public Assembler note(String comment, Op op, Operand... operands) {
        return add(new Instruction(op, List.of(operands), comment));
    }

    /** Adds an instruction made elsewhere. */
    public Assembler add(Instruction instruction) {
        return addCode(instruction);
    }

    /** Sets a 64-bit register to a constant, in as few moves of 16 bits as can be; flags stay. */
    public Assembler set(Gpr register, long value) {
        final boolean ones = quarters(value, 0xFFFF) > quarters(value, 0);
        boolean started = false;
        for (int shift = 0; shift < Long.SIZE; shift += 16) {
            final long quarter = value >>> shift & 0xFFFF;
            if (quarter != (ones ? 0xFFFF : 0)) {
                final Op first = ones ? Op.MOVN : Op.MOVZ;
                final long said = ones && !started ? quarter ^ 0xFFFF : quarter;
                emit(started ? Op.MOVK : first, register, new Imm(said), Modifier.lsl(shift));
                started = true;
            }
        }
        return started ? this : emit(ones ? Op.MOVN : Op.MOVZ, register, new Imm(0));
    }

    /** Sets an f32 to a constant, by way of a 64-bit register, which loses what it holds. */
    public Assembler set(Scalar register, float value, Gpr scratch) {
        set(scratch, Integer.toUnsignedLong(Float.floatToRawIntBits(value)));
        return emit(Op.FMOV, register, scratch.w());
    }

    /** How many of the four times 16 bits are {@code wanted}. */
    private static int quarters(long value, long wanted) {
        int count = 0;
        for (int shift = 0; shift < Long.SIZE; shift += 16) {
            count += (value >>> shift & 0xFFFF) == wanted ? 1 : 0;
        }
        return count;
    }
}
