package dev.tilesmith.processor.asm.x86;

/** How a form begins. */
enum Prefix {
    LEGACY,
    VEX,
    EVEX;

    /** Number of vector registers that can be named. */
    int vectorRegisters() {
        return this == EVEX ? 32 : 16;
    }
}
