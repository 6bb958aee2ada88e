package dev.tilesmith.conformance;

import dev.tilesmith.cpu.CpuFeature;
import dev.tilesmith.spec.Format;
import dev.tilesmith.spec.Target;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * An x86 CPU that a machine emulates: what it has, and what serves on it.
 *
 * @param cpu as Bochs calls it
 * @param name as it calls itself
 * @param features all that is to be found
 * @param floats the target that serves products of rows of floats
 * @param integers the target that serves all others
 * @param lacking targets that the CPU has not all features for, each with the first of them
 */
record EmulatedX86(
        String cpu,
        String name,
        List<CpuFeature> features,
        Target floats,
        Target integers,
        Map<Target, CpuFeature> lacking) {
    private static final List<CpuFeature> WITH_AVX2 = List.of(
            CpuFeature.SSE4_2,
            CpuFeature.AVX,
            CpuFeature.AVX2,
            CpuFeature.FMA,
            CpuFeature.F16C,
            CpuFeature.BMI1,
            CpuFeature.BMI2);

    /** CPUs each of which is the one that a target is for; none of them is what such tests are mostly run on. */
    static List<EmulatedX86> all() {
        return List.of(
                new EmulatedX86(
                        "corei7_skylake_x",
                        "Intel(R) Core(TM) i7-7800X CPU @ 3.50GHz",
                        and(CpuFeature.AVX512),
                        Target.AVX512_VNNI,
                        Target.AVX512,
                        Map.of(Target.AVX512_VNNI, CpuFeature.AVX512_VNNI, Target.AVX_VNNI, CpuFeature.AVX_VNNI)),
                new EmulatedX86(
                        "corei7_icelake_u",
                        "QuadCore Intel Core i7-1065G7, 1300 MHz",
                        and(CpuFeature.AVX512, CpuFeature.AVX512_VNNI, CpuFeature.AVX512_VBMI, CpuFeature.GFNI),
                        Target.AVX512_VNNI,
                        Target.AVX512_VNNI,
                        Map.of(Target.AVX_VNNI, CpuFeature.AVX_VNNI)),
                new EmulatedX86(
                        "arrow_lake",
                        "Intel(R) Core(TM) Ultra 5 245K",
                        and(CpuFeature.AVX_VNNI, CpuFeature.GFNI),
                        Target.AVX2,
                        Target.AVX_VNNI,
                        Map.of(Target.AVX512_VNNI, CpuFeature.AVX512, Target.AVX512, CpuFeature.AVX512)));
    }

    /** In the order of the enum, as they are reported. */
    private static List<CpuFeature> and(CpuFeature... others) {
        final Set<CpuFeature> features = EnumSet.copyOf(WITH_AVX2);
        features.addAll(List.of(others));
        return new ArrayList<>(features);
    }

    /** The target that serves products of such rows. */
    Target serving(Format lhs) {
        return switch (lhs) {
            case F32, F16, BF16 -> floats;
            case I32, QAI8, QAI8DX, QSI8D32, QSI8CX, QSI4CX, QSI4C32, QAI4C32, QSU2CX -> integers;
        };
    }

    @Override
    public String toString() {
        return cpu;
    }
}
