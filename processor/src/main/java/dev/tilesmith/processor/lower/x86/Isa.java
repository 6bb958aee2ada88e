package dev.tilesmith.processor.lower.x86;

/** An instruction set that kernels are lowered to. */
public enum Isa {
    /** VEX: 16 registers of 256 bits, masks in vector registers. */
    AVX2(256, 16),
    /** As AVX2, with dot products of bytes. */
    AVX_VNNI(256, 16),
    /** EVEX: 32 registers of 512 bits, masks in registers of their own. */
    AVX512(512, 32);

    private final int bits;
    private final int registers;

    Isa(int bits, int registers) {
        this.bits = bits;
        this.registers = registers;
    }

    /** Bits of a vector register. */
    int bits() {
        return bits;
    }

    /** Number of vector registers. */
    int registers() {
        return registers;
    }

    /** Whether it may have dot products of four bytes: AVX-512 is with VNNI or without. */
    boolean hasDotProducts() {
        return switch (this) {
            case AVX2 -> false;
            case AVX_VNNI, AVX512 -> true;
        };
    }

    /** 32-bit lanes of a vector register. */
    int lanes() {
        return bits / 32;
    }
}
