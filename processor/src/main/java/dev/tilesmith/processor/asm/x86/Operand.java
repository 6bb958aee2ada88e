package dev.tilesmith.processor.asm.x86;

/** What an instruction works on. */
public sealed interface Operand permits Gpr, Vec, Mask, Tmm, Mem, Masked, Imm, Label, Rounding {
    /** The operand in Intel syntax, as GNU as reads it; memory comes without its size. */
    String text();
}
