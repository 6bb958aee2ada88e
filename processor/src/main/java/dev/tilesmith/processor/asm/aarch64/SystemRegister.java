package dev.tilesmith.processor.asm.aarch64;

import java.util.Locale;

/** A system register. */
public enum SystemRegister implements Operand {
    TPIDR_EL0(3, 3, 13, 0, 2, true),
    TPIDR2_EL0(3, 3, 13, 0, 5, true),
    FPCR(3, 3, 4, 4, 0, true),
    FPSR(3, 3, 4, 4, 1, true),
    NZCV(3, 3, 4, 2, 0, true),
    SVCR(3, 3, 4, 2, 2, true),
    CTR_EL0(3, 3, 0, 0, 1, false),
    CNTVCT_EL0(3, 3, 14, 0, 2, false);

    private final int code;
    private final boolean writable;

    SystemRegister(int op0, int op1, int crn, int crm, int op2, boolean writable) {
        this.code = (op0 & 1) << 14 | op1 << 11 | crn << 7 | crm << 3 | op2;
        this.writable = writable;
    }

    /** Its encoding: o0, op1, CRn, CRm, op2. */
    int code() {
        return code;
    }

    boolean writable() {
        return writable;
    }

    @Override
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
