package dev.tilesmith.processor.asm.aarch64;

import dev.tilesmith.processor.asm.CpuNeeds;
import dev.tilesmith.processor.asm.Encodable;
import dev.tilesmith.processor.asm.Encoding;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** An instruction with its operands: it encodes itself, and prints itself as assemblers read it. */
public final class Instruction implements Encodable {
    /** Bytes of every instruction. */
    public static final int BYTES = Encoded.BYTES;

    private final Op op;
    private final List<Operand> operands;
    private final String comment;
    private final Form.Fit fit;

    /**
     * An instruction.
     *
     * @param op what it does
     * @param operands in Arm's order
     * @param comment for the listing, or empty
     * @throws IllegalArgumentException if no form takes the operands, naming the one at fault and what would be right
     */
    public Instruction(Op op, List<Operand> operands, String comment) {
        this.op = op;
        this.operands = List.copyOf(operands);
        this.comment = comment;
        this.fit = op.fit(this.operands);
    }

    /** An instruction without a comment. */
    public static Instruction of(Op op, Operand... operands) {
        return new Instruction(op, List.of(operands), "");
    }

    @Override
    public CpuNeeds needs() {
        return operands.stream()
                .flatMap(operand -> operand instanceof SystemRegister register ? Stream.of(register) : Stream.empty())
                .map(SystemRegister::needs)
                .reduce(form().needs(), CpuNeeds::and);
    }

    /**
     * The instruction as a number; memory has its lowest byte first.
     *
     * @throws IllegalStateException if it depends on where a label is; {@link Assembler} then knows
     */
    public int bits() {
        fixup().ifPresent(fixup -> {
            throw new IllegalStateException("instruction waits for the place of label " + fixup.target());
        });
        return fit.encoded().bits();
    }

    @Override
    public Encoding encoding() {
        return fit.encoded();
    }

    Optional<Fixup> fixup() {
        return fit.encoded().fixup();
    }

    Form form() {
        return fit.form();
    }

    /** What it works on. */
    public List<Operand> operands() {
        return operands;
    }

    @Override
    public String comment() {
        return comment;
    }

    /** The instruction as GNU as and LLVM read it. */
    @Override
    public String text() {
        final List<String> texts = new ArrayList<>();
        for (int i = 0; i < operands.size(); i++) {
            texts.add(form().operands().get(i).text(operands.get(i)));
        }
        return (op.mnemonic() + " " + String.join(", ", texts)).strip();
    }

    @Override
    public String toString() {
        return text() + (comment.isEmpty() ? "" : " // " + comment);
    }
}
