package dev.tilesmith.processor.asm.x86;

/** Rounding fixed in an EVEX instruction on registers, all exceptions suppressed; given after the other operands. */
public enum Rounding implements Operand {
    /** To nearest, ties to even. */
    RN_SAE("{rn-sae}", 0),
    /** Toward negative infinity. */
    RD_SAE("{rd-sae}", 1),
    /** Toward positive infinity. */
    RU_SAE("{ru-sae}", 2),
    /** Toward zero. */
    RZ_SAE("{rz-sae}", 3),
    /** Exceptions suppressed, in instructions that do not round or say how by an immediate. */
    SAE("{sae}", 0);

    private final String text;
    private final int bits;

    Rounding(String text, int bits) {
        this.text = text;
        this.bits = bits;
    }

    /** The field EVEX.L'L under this rounding. */
    int bits() {
        return bits;
    }

    @Override
    public String text() {
        return text;
    }
}
