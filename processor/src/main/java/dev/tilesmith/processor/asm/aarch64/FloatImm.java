package dev.tilesmith.processor.asm.aarch64;

/**
 * A floating-point constant in the instruction.
 *
 * @param value one of those that eight bits can say, or 0
 */
public record FloatImm(double value) implements Operand {
    /** The constant {@code value}. */
    public static FloatImm imm(double value) {
        return new FloatImm(value);
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
