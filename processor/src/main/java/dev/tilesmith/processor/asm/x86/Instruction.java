package dev.tilesmith.processor.asm.x86;

import dev.tilesmith.processor.asm.CpuNeeds;
import dev.tilesmith.processor.asm.Encodable;
import dev.tilesmith.processor.asm.Encoding;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** An instruction with its operands: it encodes itself, and prints itself in the Intel syntax of GNU as. */
public final class Instruction implements Encodable {
    private final Op op;
    private final List<Operand> operands;
    private final String comment;
    private final Form form;

    /**
     * An instruction.
     *
     * @param op what it does
     * @param mode vector encodings it may use
     * @param operands in Intel's order, a rounding last
     * @param comment for the listing, or empty
     * @throws IllegalArgumentException if no form takes the operands, naming the one at fault and what would be right
     */
    public Instruction(Op op, Mode mode, List<Operand> operands, String comment) {
        this.op = op;
        this.operands = List.copyOf(operands);
        this.comment = comment;
        this.form = op.select(mode, this.operands);
    }

    /** An instruction without a comment. */
    public static Instruction of(Mode mode, Op op, Operand... operands) {
        return new Instruction(op, mode, List.of(operands), "");
    }

    /**
     * The bytes.
     *
     * @throws IllegalStateException if they depend on where a label is; {@link Assembler} then knows
     */
    public byte[] bytes() {
        return encode().bytes();
    }

    /** The instruction as GNU as reads it, in {@code .intel_syntax noprefix}. */
    @Override
    public String text() {
        final int vectorBits = form.vectorBits(operands);
        final List<String> texts = new ArrayList<>();
        for (int i = 0; i < operands.size(); i++) {
            texts.add(text(form, i, operands.get(i), vectorBits));
        }
        if (!operands.isEmpty() && operands.getLast() instanceof Rounding) {
            texts.add(form.roundingAfter() + 1, texts.removeLast());
        }
        final String pseudo = form.ownFeature() ? "{vex} " : "";
        return (pseudo + op.mnemonic() + " " + String.join(", ", texts)).strip();
    }

    @Override
    public String toString() {
        return text() + (comment.isEmpty() ? "" : " # " + comment);
    }

    Encoded encode() {
        return Encoder.encode(form, operands);
    }

    @Override
    public Encoding encoding() {
        return encode();
    }

    @Override
    public CpuNeeds needs() {
        return form.needs(operands);
    }

    /** The same as a jump over one byte's distance, if it is a jump to a label. */
    @Override
    public Optional<Encoding> shortEncoding() {
        return form.isBranch() ? op.shortBranch().map(branch -> Encoder.encode(branch, operands)) : Optional.empty();
    }

    @Override
    public String comment() {
        return comment;
    }

    /** What it works on. */
    public List<Operand> operands() {
        return operands;
    }

    Form form() {
        return form;
    }

    private static String text(Form form, int position, Operand operand, int vectorBits) {
        return switch (operand) {
            case Mem mem -> {
                final int bytes = form.memoryBytes(position, mem, vectorBits);
                yield mem.text(
                        bytes > 0 ? OptionalInt.of(bytes) : OptionalInt.empty(),
                        mem.broadcast() ? form.copies(position, vectorBits) : 1);
            }
            case Masked masked -> text(form, position, masked.target(), vectorBits) + masked.suffix();
            default -> operand.text();
        };
    }
}
