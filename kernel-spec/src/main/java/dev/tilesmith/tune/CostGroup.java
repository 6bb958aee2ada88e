package dev.tilesmith.tune;

import dev.tilesmith.spec.Format;
import dev.tilesmith.spec.Variant;
import java.util.EnumMap;
import java.util.Map;

/** Variants that have the same factors, those factors, and how they are known: docs/tuning.md prints them. */
public enum CostGroup {
    /** f32, and weights in F16 and BF16, by AVX2. */
    AVX2_FLOATS(
            "AVX2, f32",
            "product and latency: two FMAs a cycle, after 4 cycles, as is commonly said of Zen 3; the others fitted to a sweep"
                    + " on Zen 3 (lab log, the cost model)",
            0.5,
            4,
            0.969,
            0.557,
            0.756,
            10.8,
            0.517,
            0.004,
            0.018,
            0.275,
            20),
    /** Integers by AVX2 and AVX-VNNI, whose blocks along K have no scales. */
    AVX2_INTEGERS(
            "AVX2, integers",
            "product and latency assumed; the others fitted to a sweep of int8 by AVX2 on Zen 3 (lab log, the cost model);"
                    + " AVX-VNNI and narrower weights alike, not measured",
            0.5,
            1,
            0.664,
            0.168,
            0.179,
            7.5,
            0.537,
            0.025,
            0.125,
            0.31,
            15),
    /** Weights in blocks with scales by AVX2 and AVX-VNNI. */
    AVX2_BLOCKS(
            "AVX2, blocks",
            "product and latency assumed; the others fitted to a sweep of Q4_0 by AVX2 on Zen 3 (lab log, the cost model);"
                    + " AVX-VNNI and other blocks alike, not measured",
            0.5,
            1,
            0.586,
            0.231,
            0.089,
            6.56,
            0.539,
            0.03,
            0.062,
            0.277,
            25),
    /** AVX-512. */
    AVX512(
            "AVX-512",
            "two products and two loads of 512 bits a cycle, products after 4 cycles, as is commonly said of Intel's servers and Zen 5;"
                    + " the others as by AVX2. Not measured",
            0.5,
            4,
            0.5,
            0.5,
            0.756,
            10.8,
            0.517,
            0.004,
            0.018,
            0.275,
            25),
    /** The Vector API, and plain Java. */
    JAVA("Java", "as by AVX2, f32. Not measured", 0.5, 4, 0.969, 0.557, 0.756, 10.8, 0.517, 0.004, 0.018, 0.275, 25),
    /** Arm. */
    ARM(
            "Arm",
            "four products a cycle, after 4 cycles, and three loads, one of which brings four values of a row, as is commonly said of"
                    + " Neoverse V2; the others as by AVX2. Not measured",
            0.25,
            4,
            0.333,
            0.083,
            0.756,
            10.8,
            0.517,
            0.004,
            0.018,
            0.275,
            25);

    private final String title;
    private final String how;
    private final Factors factors;

    CostGroup(String title, String how, double... values) {
        this.title = title;
        this.how = how;
        final Map<Factor, Double> all = new EnumMap<>(Factor.class);
        for (final Factor factor : Factor.values()) {
            all.put(factor, values[all.size()]);
        }
        this.factors = new Factors(all);
    }

    /** That of a variant. */
    public static CostGroup of(Variant variant) {
        return switch (variant.target()) {
            case AVX2, AVX_VNNI -> byAvx2(variant.rhs());
            case AVX512, AVX512_VNNI, AVX512_BF16, AMX -> AVX512;
            case SCALAR, VECTOR_128, VECTOR_256, VECTOR_512 -> JAVA;
            case NEON_DOTPROD, NEON_I8MM, NEON_BF16, SME, SME2 -> ARM;
        };
    }

    private static CostGroup byAvx2(Format weights) {
        return switch (weights) {
            case F32, F16, BF16 -> AVX2_FLOATS;
            case I32, QAI8, QAI8DX, QSI8CX, QSI4CX, QSU2CX -> AVX2_INTEGERS;
            case QSI8D32, QSI4C32, QAI4C32 -> AVX2_BLOCKS;
        };
    }

    /** Its factors. */
    public Factors factors() {
        return factors;
    }

    /** Its name, for people. */
    public String title() {
        return title;
    }

    /** How they are known, for people. */
    public String how() {
        return how;
    }
}
