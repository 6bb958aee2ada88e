package dev.tilesmith.processor.asm.aarch64;

import dev.tilesmith.processor.asm.CpuNeeds;
import java.util.Locale;

/** A system register. */
public enum SystemRegister implements Operand {
    TPIDR_EL0(3, 3, 13, 0, 2, true, CpuNeeds.NONE),
    TPIDR2_EL0(3, 3, 13, 0, 5, true, CpuNeeds.parse("SME")),
    FPCR(3, 3, 4, 4, 0, true, CpuNeeds.parse("NEON")),
    FPSR(3, 3, 4, 4, 1, true, CpuNeeds.parse("NEON")),
    NZCV(3, 3, 4, 2, 0, true, CpuNeeds.NONE),
    SVCR(3, 3, 4, 2, 2, true, CpuNeeds.parse("SME")),
    CTR_EL0(3, 3, 0, 0, 1, false, CpuNeeds.NONE),
    CNTVCT_EL0(3, 3, 14, 0, 2, false, CpuNeeds.NONE);

    private final int code;
    private final boolean writable;

    private final CpuNeeds needs;

    SystemRegister(int op0, int op1, int crn, int crm, int op2, boolean writable, CpuNeeds needs) {
        this.code = (op0 & 1) << 14 | op1 << 11 | crn << 7 | crm << 3 | op2;
        this.writable = writable;
        this.needs = needs;
    }

    /** Its encoding: o0, op1, CRn, CRm, op2. */
    int code() {
        return code;
    }

    /** What a CPU must have for it to be there. */
    CpuNeeds needs() {
        return needs;
    }

    boolean writable() {
        return writable;
    }

    @Override
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
