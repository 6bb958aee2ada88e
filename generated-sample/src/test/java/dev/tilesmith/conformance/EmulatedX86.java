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
 * @param integers targets that serve all others: of a declaration's, the first
 * @param tested those of them whose kernels are tried, where others have no more than they have elsewhere
 * @param lacking targets that the CPU has not all features for, each with the first of them
 * @param collector options of the JVM that say who collects its garbage
 */
record EmulatedX86(
        String cpu,
        String name,
        List<CpuFeature> features,
        Target floats,
        List<Target> integers,
        Set<Target> tested,
        Map<Target, CpuFeature> lacking,
        List<String> collector) {
    private static final List<CpuFeature> WITH_AVX2 = List.of(
            CpuFeature.SSE4_2,
            CpuFeature.AVX,
            CpuFeature.AVX2,
            CpuFeature.FMA,
            CpuFeature.F16C,
            CpuFeature.BMI1,
            CpuFeature.BMI2);

    private static final Set<Target> EVERY_TARGET = EnumSet.allOf(Target.class);

    private static final List<String> SERIAL = List.of("-XX:+UseSerialGC");

    /** Collections have ended JVMs on an emulated CPU with tile registers, and of one gigabyte the system wants some. */
    private static final List<String> NO_COLLECTOR =
            List.of("-XX:+UnlockExperimentalVMOptions", "-XX:+UseEpsilonGC", "-Xmx800m");

    /** CPUs each of which is the one that a target is for; none of them is what such tests are mostly run on. */
    static List<EmulatedX86> all() {
        return List.of(
                new EmulatedX86(
                        "corei7_skylake_x",
                        "Intel(R) Core(TM) i7-7800X CPU @ 3.50GHz",
                        and(CpuFeature.AVX512),
                        Target.AVX512_VNNI,
                        List.of(Target.AVX512),
                        EVERY_TARGET,
                        Map.of(
                                Target.AMX,
                                CpuFeature.AVX512_VNNI,
                                Target.AVX512_VNNI,
                                CpuFeature.AVX512_VNNI,
                                Target.AVX_VNNI,
                                CpuFeature.AVX_VNNI),
                        SERIAL),
                new EmulatedX86(
                        "corei7_icelake_u",
                        "QuadCore Intel Core i7-1065G7, 1300 MHz",
                        and(CpuFeature.AVX512, CpuFeature.AVX512_VNNI, CpuFeature.AVX512_VBMI, CpuFeature.GFNI),
                        Target.AVX512_VNNI,
                        List.of(Target.AVX512_VNNI),
                        EVERY_TARGET,
                        Map.of(Target.AMX, CpuFeature.AMX_TILE, Target.AVX_VNNI, CpuFeature.AVX_VNNI),
                        SERIAL),
                new EmulatedX86(
                        "arrow_lake",
                        "Intel(R) Core(TM) Ultra 5 245K",
                        and(CpuFeature.AVX_VNNI, CpuFeature.GFNI),
                        Target.AVX2,
                        List.of(Target.AVX_VNNI),
                        EVERY_TARGET,
                        Map.of(
                                Target.AMX,
                                CpuFeature.AVX512,
                                Target.AVX512_VNNI,
                                CpuFeature.AVX512,
                                Target.AVX512,
                                CpuFeature.AVX512),
                        SERIAL),
                new EmulatedX86(
                        "sapphire_rapids",
                        "Intel(R) Xeon(R) w9-3475X",
                        and(
                                CpuFeature.AVX512,
                                CpuFeature.AVX512_VNNI,
                                CpuFeature.AVX512_VBMI,
                                CpuFeature.AVX_VNNI,
                                CpuFeature.AVX512_BF16,
                                CpuFeature.AVX512_FP16,
                                CpuFeature.GFNI,
                                CpuFeature.AMX_TILE,
                                CpuFeature.AMX_INT8,
                                CpuFeature.AMX_BF16),
                        Target.AVX512_VNNI,
                        List.of(Target.AMX, Target.AVX512_VNNI),
                        Set.of(Target.AMX),
                        Map.of(),
                        NO_COLLECTOR));
    }

    /** In the order of the enum, as they are reported. */
    private static List<CpuFeature> and(CpuFeature... others) {
        final Set<CpuFeature> features = EnumSet.copyOf(WITH_AVX2);
        features.addAll(List.of(others));
        return new ArrayList<>(features);
    }

    /** Targets that serve products of such rows: of a declaration's, the first. */
    List<Target> serving(Format lhs) {
        return switch (lhs) {
            case F32, F16, BF16 -> List.of(floats);
            case I32, QAI8, QAI8DX, QSI8D32, QSI8CX, QSI4CX, QSI4C32, QAI4C32, QSU2CX -> integers;
        };
    }

    @Override
    public String toString() {
        return cpu;
    }
}
