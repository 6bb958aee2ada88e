package dev.tilesmith.spec;

import java.util.Locale;

/** An instruction set that kernels are generated for, with a register model of its own. */
public enum Target {
    /** Plain Java, one element at a time. Runs everywhere. */
    SCALAR,
    /** The Vector API at 128 bits. */
    VECTOR_128,
    /** The Vector API at 256 bits. */
    VECTOR_256,
    /** The Vector API at 512 bits. */
    VECTOR_512,
    /** Machine code for x86-64 with AVX2 and FMA: 16 registers of 256 bits. */
    AVX2,
    /** Machine code for x86-64 with AVX-VNNI: as AVX2, with int8 dot products. */
    AVX_VNNI,
    /** Machine code for x86-64 with AVX-512 F, BW, DQ, VL but no int8 dot products: multiplies pairs of 16 bits. */
    AVX512,
    /** Machine code for x86-64 with AVX-512 F, BW, DQ, VL: 32 registers of 512 bits; int8 dot products with VNNI. */
    AVX512_VNNI,
    /** Machine code for x86-64 with AVX-512 F, BW, DQ, VL and BF16: pairs of BF16 as they are, where {@link Numerics#FAST} admits it. */
    AVX512_BF16,
    /**
     * Machine code for x86-64 with AMX: weights of eight bits, four and two by tile registers where there are rows enough, and else
     * as AVX512_VNNI; all of BF16 where {@link Numerics#FAST} admits it.
     */
    AMX,
    /** Machine code for Armv8.2 with the dot-product extension: 32 registers of 128 bits. */
    NEON_DOTPROD,
    /** Machine code for Armv8.6 with int8 matrix multiplication. */
    NEON_I8MM,
    /** Machine code for Armv8.6 with BF16: blocks of it as they are, where {@link Numerics#FAST} admits it. */
    NEON_BF16,
    /** Machine code for Arm SME: outer products into ZA, any streaming vector length; of pairs of BF16 where {@link Numerics#FAST} admits it. */
    SME,
    /** Machine code for Arm SME2: SME with multi-vector instructions. */
    SME2;

    /** The name in variant names, without underscores: {@code avx512vnni}. */
    public String code() {
        return name().toLowerCase(Locale.ROOT).replace("_", "");
    }
}
