package dev.tilesmith.processor.asm.aarch64;

/** What a CPU must have for an instruction: the part of the architecture that its form is tabled under. */
public enum Extension {
    /** General registers, memory, branches, system. */
    BASE,
    /** Advanced SIMD and scalar floating point, with dot products and matrix products. */
    NEON,
    /** Scalable vectors. */
    SVE,
    /** Outer products into ZA. */
    SME,
    /** Several vectors at once, and what came with it. */
    SME2
}
