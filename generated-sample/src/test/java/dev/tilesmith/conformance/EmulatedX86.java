package dev.tilesmith.conformance;

import dev.tilesmith.cpu.CpuFeature;
import dev.tilesmith.runtime.Family;
import dev.tilesmith.spec.Format;
import dev.tilesmith.spec.Numerics;
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
 * @param floats what serves products of rows of floats
 * @param integers what serves all others
 * @param lacking targets that the CPU has not all features for, each with the first of them
 * @param collector options of the JVM that say who collects its garbage
 */
record EmulatedX86(
        String cpu,
        String name,
        List<CpuFeature> features,
        Served floats,
        Served integers,
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

    private static final List<String> SERIAL = List.of("-XX:+UseSerialGC");

    /** Collections have ended JVMs on an emulated CPU with tile registers, and of one gigabyte the system wants some. */
    private static final List<String> NO_COLLECTOR =
            List.of("-XX:+UnlockExperimentalVMOptions", "-XX:+UseEpsilonGC", "-Xmx800m");

    /**
     * Who serves.
     *
     * @param targets of a declaration's, the first
     * @param tried those of them whose kernels are tried on this CPU: elsewhere others have the same code, and all that it needs
     */
    record Served(List<Target> targets, Set<Target> tried) {
        /** By a target that this CPU is for. */
        static Served here(Target target) {
            return new Served(List.of(target), Set.of(target));
        }

        /** By a target that is tried elsewhere. */
        static Served asElsewhere(Target target) {
            return new Served(List.of(target), Set.of());
        }
    }

    /** CPUs each of which is the one that a target is for; none of them is what such tests are mostly run on. */
    static List<EmulatedX86> all() {
        return List.of(
                new EmulatedX86(
                        "corei7_skylake_x",
                        "Intel(R) Core(TM) i7-7800X CPU @ 3.50GHz",
                        and(CpuFeature.AVX512),
                        Served.here(Target.AVX512_VNNI),
                        Served.here(Target.AVX512),
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
                        Served.asElsewhere(Target.AVX512_VNNI),
                        Served.here(Target.AVX512_VNNI),
                        Map.of(Target.AMX, CpuFeature.AMX_TILE, Target.AVX_VNNI, CpuFeature.AVX_VNNI),
                        SERIAL),
                new EmulatedX86(
                        "arrow_lake",
                        "Intel(R) Core(TM) Ultra 5 245K",
                        and(CpuFeature.AVX_VNNI, CpuFeature.GFNI),
                        Served.asElsewhere(Target.AVX2),
                        Served.here(Target.AVX_VNNI),
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
                        Served.asElsewhere(Target.AVX512_VNNI),
                        new Served(List.of(Target.AMX, Target.AVX512_VNNI), Set.of(Target.AMX)),
                        Map.of(),
                        NO_COLLECTOR));
    }

    /** In the order of the enum, as they are reported. */
    private static List<CpuFeature> and(CpuFeature... others) {
        final Set<CpuFeature> features = EnumSet.copyOf(WITH_AVX2);
        features.addAll(List.of(others));
        return new ArrayList<>(features);
    }

    /** The CPU that Bochs calls so. */
    static EmulatedX86 of(String cpu) {
        return all().stream().filter(each -> each.cpu.equals(cpu)).findFirst().orElseThrow();
    }

    /** Targets that serve products of such rows: of a declaration's, the first. */
    List<Target> serving(Format lhs) {
        return served(lhs).targets();
    }

    /** Whether kernels of a family are tried. */
    boolean tries(Family family) {
        return served(family.lhs()).tried().contains(family.target());
    }

    /** Whether kernels are tried of a family whose sums are in an order of its own: where others of its target are. */
    boolean triesFast(Family family) {
        return family.numerics() == Numerics.FAST && integers.tried().contains(family.target());
    }

    private Served served(Format lhs) {
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
