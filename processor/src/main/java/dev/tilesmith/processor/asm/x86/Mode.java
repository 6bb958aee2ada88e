package dev.tilesmith.processor.asm.x86;

/** Which vector encodings an assembler may use. */
public enum Mode {
    /** VEX alone: registers 0 to 15 of 128 and 256 bits, no masks. For AVX2, FMA, F16C and AVX_VNNI. */
    VEX,
    /**
     * VEX wherever it can say the same, being the shorter; EVEX for 512 bits, registers 16 to 31, masks, repeated
     * memory and rounding, and for instructions whose VEX form needs a CPU feature of its own (AVX_VNNI),
     * which a CPU with AVX-512 may lack. GNU as chooses alike.
     */
    EVEX
}
