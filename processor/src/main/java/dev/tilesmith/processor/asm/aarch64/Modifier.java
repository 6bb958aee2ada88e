package dev.tilesmith.processor.asm.aarch64;

import java.util.Locale;

/**
 * What is done to the operand before it, or to a register of an address.
 *
 * @param kind what
 * @param amount by how much
 */
public record Modifier(Kind kind, int amount) implements Operand {
    /** What is done. */
    public enum Kind {
        LSL,
        LSR,
        ASR,
        ROR,
        /** A shift to the left that fills with ones. */
        MSL,
        /** Widening of a 32-bit register, without a sign. */
        UXTW,
        /** Widening of a 32-bit register, with its sign. */
        SXTW,
        /** Multiplication of a count of elements. */
        MUL;

        String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Shifted to the left. */
    public static Modifier lsl(int amount) {
        return new Modifier(Kind.LSL, amount);
    }

    /** Multiplied. */
    public static Modifier mul(int amount) {
        return new Modifier(Kind.MUL, amount);
    }

    @Override
    public String text() {
        return kind.text() + " #" + amount;
    }

    @Override
    public String toString() {
        return text();
    }
}
