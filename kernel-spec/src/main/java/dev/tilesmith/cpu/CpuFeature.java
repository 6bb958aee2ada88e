package dev.tilesmith.cpu;

import java.util.Optional;
import java.util.Set;

/**
 * An instruction set extension that a target needs, or that an explanation should name.
 *
 * <p>Flags are those of {@code /proc/cpuinfo}: {@code arch/x86/include/asm/cpufeatures.h} and {@code
 * arch/arm64/kernel/cpuinfo.c} of Linux. Bits of the auxiliary vector are those of {@code
 * arch/arm64/include/uapi/asm/hwcap.h}. Names under {@code hw.optional.arm} are Apple's, from "Determining Instruction
 * Set Characteristics".
 */
public enum CpuFeature {
    /** x86: SSE4.2. */
    SSE4_2("SSE4.2", "sse4_2"),
    /** x86: 256-bit float vectors, enabled by the operating system. */
    AVX("AVX", "avx"),
    /** x86: 256-bit integer vectors. */
    AVX2("AVX2", "avx2"),
    /** x86: fused multiply-add on vectors. */
    FMA("FMA", "fma"),
    /** x86: conversion between f16 and f32. */
    F16C("F16C", "f16c"),
    /** x86: more operations on bits of general registers: {@code andn}. */
    BMI1("BMI1", "bmi1"),
    /** x86: operations on general registers that leave the flags alone: {@code bzhi}, {@code shlx}. */
    BMI2("BMI2", "bmi2"),
    /** x86: 512-bit vectors and masks: F, BW, DQ and VL together. */
    AVX512("AVX-512 F, BW, DQ, VL", "avx512f avx512bw avx512dq avx512vl"),
    /** x86: int8 dot products on 512-bit vectors, and on shorter ones in EVEX encoding. */
    AVX512_VNNI("AVX-512 VNNI", "avx512_vnni"),
    /** x86: int8 dot products of unsigned by signed, in VEX encoding. */
    AVX_VNNI("AVX-VNNI", "avx_vnni"),
    /** x86: int8 dot products of any signedness, in VEX encoding. */
    AVX_VNNI_INT8("AVX-VNNI-INT8", "avx_vnni_int8"),
    /** x86: bf16 dot products on 512-bit vectors. */
    AVX512_BF16("AVX-512 BF16", "avx512_bf16"),
    /** x86: f16 arithmetic on 512-bit vectors. */
    AVX512_FP16("AVX-512 FP16", "avx512_fp16"),
    /** x86: byte permutations on 512-bit vectors. */
    AVX512_VBMI("AVX-512 VBMI", "avx512vbmi"),
    /** x86: Galois field instructions, of use as bit permutations in bytes. */
    GFNI("GFNI", "gfni"),
    /** x86: tile registers. */
    AMX_TILE("AMX-TILE", "amx_tile"),
    /** x86: int8 dot products on tiles. */
    AMX_INT8("AMX-INT8", "amx_int8"),
    /** x86: bf16 dot products on tiles. */
    AMX_BF16("AMX-BF16", "amx_bf16"),

    /** Arm: Advanced SIMD, 32 vectors of 128 bits; part of every 64-bit Arm CPU that Java runs on. */
    NEON("NEON", "asimd", new Hwcap(Hwcap.Word.AT_HWCAP, 1), ""),
    /** Arm: f16 vector arithmetic. */
    FP16("FP16 arithmetic", "asimdhp", new Hwcap(Hwcap.Word.AT_HWCAP, 10), "FEAT_FP16"),
    /** Arm: f16 products added to f32: {@code fmlal}. */
    FHM("FP16 multiply-add to f32", "asimdfhm", new Hwcap(Hwcap.Word.AT_HWCAP, 23), "FEAT_FHM"),
    /** Arm: int8 dot products: {@code sdot}, {@code udot}. */
    DOTPROD("dot product", "asimddp", new Hwcap(Hwcap.Word.AT_HWCAP, 20), "FEAT_DotProd"),
    /** Arm: int8 matrix multiplication: {@code smmla}, and mixed signs: {@code usdot}. */
    I8MM("int8 matrix multiplication", "i8mm", new Hwcap(Hwcap.Word.AT_HWCAP2, 13), "FEAT_I8MM"),
    /** Arm: bf16 dot products and matrix multiplication: {@code bfdot}, {@code bfmmla}, {@code bfmlalb}. */
    BF16("BF16", "bf16", new Hwcap(Hwcap.Word.AT_HWCAP2, 14), "FEAT_BF16"),
    /** Arm: scalable vectors. */
    SVE("SVE", "sve", new Hwcap(Hwcap.Word.AT_HWCAP, 22), ""),
    /** Arm: scalable vectors, second version. */
    SVE2("SVE2", "sve2", new Hwcap(Hwcap.Word.AT_HWCAP2, 1), ""),
    /** Arm: int8 matrix multiplication on scalable vectors. */
    SVE_I8MM("SVE int8 matrix multiplication", "svei8mm", new Hwcap(Hwcap.Word.AT_HWCAP2, 9), ""),
    /** Arm: bf16 on scalable vectors. */
    SVE_BF16("SVE BF16", "svebf16", new Hwcap(Hwcap.Word.AT_HWCAP2, 12), ""),
    /** Arm: streaming mode and outer products into ZA, of int8, f16, bf16 and f32. */
    SME("SME", "sme", new Hwcap(Hwcap.Word.AT_HWCAP2, 23), "FEAT_SME"),
    /** Arm: SME's outer products of 16-bit integers into 64-bit ones. */
    SME_I16I64("SME int16 to int64", "smei16i64", new Hwcap(Hwcap.Word.AT_HWCAP2, 24), "FEAT_SME_I16I64"),
    /** Arm: SME's outer products of f64. */
    SME_F64F64("SME F64", "smef64f64", new Hwcap(Hwcap.Word.AT_HWCAP2, 25), "FEAT_SME_F64F64"),
    /** Arm: SME with multi-vector instructions and the look-up table ZT0. */
    SME2("SME2", "sme2", new Hwcap(Hwcap.Word.AT_HWCAP2, 37), "FEAT_SME2");

    private final String label;
    private final Architecture architecture;
    // One string rather than a set: an enum's fields stay immutable.
    private final String flags;
    private final Hwcap.Word word;
    private final int bit;
    private final String sysctl;

    CpuFeature(String label, String flags) {
        this(label, Architecture.X86_64, flags, Hwcap.Word.AT_HWCAP, -1, "");
    }

    CpuFeature(String label, String flags, Hwcap hwcap, String sysctl) {
        this(label, Architecture.AARCH64, flags, hwcap.word(), hwcap.bit(), sysctl);
    }

    CpuFeature(String label, Architecture architecture, String flags, Hwcap.Word word, int bit, String sysctl) {
        this.label = label;
        this.architecture = architecture;
        this.flags = flags;
        this.word = word;
        this.bit = bit;
        this.sysctl = sysctl;
    }

    /** The name for people: {@code AVX-512 VNNI}. */
    public String label() {
        return label;
    }

    /** The architecture that it extends. */
    public Architecture architecture() {
        return architecture;
    }

    /** The flags of {@code /proc/cpuinfo} that it stands for: all must be there. */
    public Set<String> flags() {
        return Set.of(flags.split(" ", -1));
    }

    /** Where Linux reports it in the auxiliary vector; empty for x86. */
    public Optional<Hwcap> hwcap() {
        return bit < 0 ? Optional.empty() : Optional.of(new Hwcap(word, bit));
    }

    /** The name under {@code hw.optional.arm} by which macOS reports it; empty where macOS does not. */
    public Optional<String> sysctl() {
        return sysctl.isEmpty() ? Optional.empty() : Optional.of("hw.optional.arm." + sysctl);
    }
}
