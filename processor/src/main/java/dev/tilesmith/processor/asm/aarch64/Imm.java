package dev.tilesmith.processor.asm.aarch64;

/**
 * A constant in the instruction.
 *
 * @param value its value; a form takes it if it fits that form's field
 */
public record Imm(long value) implements Operand {
    /** The constant {@code value}. */
    public static Imm imm(long value) {
        return new Imm(value);
    }

    @Override
    public String text() {
        return "#" + value;
    }

    @Override
    public String toString() {
        return text();
    }
}
