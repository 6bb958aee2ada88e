package dev.tilesmith.cpu;

import static dev.tilesmith.cpu.CpuFeature.AMX_BF16;
import static dev.tilesmith.cpu.CpuFeature.AMX_INT8;
import static dev.tilesmith.cpu.CpuFeature.AMX_TILE;
import static dev.tilesmith.cpu.CpuFeature.AVX;
import static dev.tilesmith.cpu.CpuFeature.AVX2;
import static dev.tilesmith.cpu.CpuFeature.AVX512;
import static dev.tilesmith.cpu.CpuFeature.AVX512_BF16;
import static dev.tilesmith.cpu.CpuFeature.AVX512_FP16;
import static dev.tilesmith.cpu.CpuFeature.AVX512_VBMI;
import static dev.tilesmith.cpu.CpuFeature.AVX512_VNNI;
import static dev.tilesmith.cpu.CpuFeature.AVX_VNNI;
import static dev.tilesmith.cpu.CpuFeature.BMI1;
import static dev.tilesmith.cpu.CpuFeature.BMI2;
import static dev.tilesmith.cpu.CpuFeature.F16C;
import static dev.tilesmith.cpu.CpuFeature.FMA;
import static dev.tilesmith.cpu.CpuFeature.GFNI;
import static dev.tilesmith.cpu.CpuFeature.SSE4_2;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** x86-64 CPUs that one meets, each a generation of servers or desktops. */
final class KnownX86Cpus {
    private static final Set<CpuFeature> HASWELL = Set.of(SSE4_2, AVX, AVX2, FMA, F16C, BMI1, BMI2);
    private static final Set<CpuFeature> SKYLAKE_SP = with(HASWELL, AVX512);
    private static final Set<CpuFeature> CASCADE_LAKE = with(SKYLAKE_SP, AVX512_VNNI);
    private static final Set<CpuFeature> ICE_LAKE = with(CASCADE_LAKE, AVX512_VBMI, GFNI);
    private static final Set<CpuFeature> ALDER_LAKE = with(HASWELL, AVX_VNNI, GFNI);
    private static final Set<CpuFeature> SAPPHIRE_RAPIDS =
            with(ICE_LAKE, AVX_VNNI, AVX512_BF16, AVX512_FP16, AMX_TILE, AMX_INT8, AMX_BF16);
    private static final Set<CpuFeature> ZEN4 = with(ICE_LAKE, AVX512_BF16);
    private static final Set<CpuFeature> ZEN5 = with(ZEN4, AVX_VNNI);

    static final List<NamedCpu> ALL = List.of(
            x86(
                    "Intel Core i7-4770 (Haswell)",
                    HASWELL,
                    CacheSizes.ofKib(32, 256, 8 * 1024),
                    4,
                    "archspec haswell",
                    "haswell"),
            x86(
                    "Intel Xeon Platinum 8180 (Skylake-SP)",
                    SKYLAKE_SP,
                    CacheSizes.ofKib(32, 1024, 39424),
                    28,
                    "archspec skylake_avx512",
                    "skylake-sp",
                    "skylake-x",
                    "skylake-avx512"),
            x86(
                    "Intel Xeon Platinum 8280 (Cascade Lake)",
                    CASCADE_LAKE,
                    CacheSizes.ofKib(32, 1024, 39424),
                    28,
                    "archspec cascadelake",
                    "cascade-lake"),
            x86(
                    "Intel Xeon Platinum 8380 (Ice Lake-SP)",
                    ICE_LAKE,
                    CacheSizes.ofKib(48, 1280, 60 * 1024),
                    40,
                    "archspec icelake",
                    "ice-lake-sp",
                    "ice-lake"),
            x86(
                    "Intel Core i9-12900K (Alder Lake)",
                    ALDER_LAKE,
                    CacheSizes.ofKib(48, 1280, 30 * 1024),
                    16,
                    "archspec alderlake",
                    "alder-lake"),
            x86(
                    "Intel Xeon Platinum 8480+ (Sapphire Rapids)",
                    SAPPHIRE_RAPIDS,
                    CacheSizes.ofKib(48, 2048, 105 * 1024),
                    56,
                    "pytorch/cpuinfo issue 312; ggml-org/llama.cpp issue 2555",
                    "sapphire-rapids"),
            x86(
                    "Intel Xeon Gold 6542Y (Emerald Rapids)",
                    SAPPHIRE_RAPIDS,
                    CacheSizes.ofKib(48, 2048, 60 * 1024),
                    24,
                    "archspec/archspec-json issue 121",
                    "emerald-rapids"),
            x86(
                    "Intel Xeon 6972P (Granite Rapids)",
                    SAPPHIRE_RAPIDS,
                    CacheSizes.ofKib(48, 2048, 480 * 1024),
                    96,
                    "archspec/archspec-json issue 137",
                    "granite-rapids"),
            x86(
                    "AMD EPYC 7742 (Zen 2)",
                    HASWELL,
                    CacheSizes.ofKib(32, 512, 16 * 1024),
                    64,
                    "archspec zen2",
                    "zen2",
                    "rome"),
            x86(
                    "AMD EPYC 7763 (Zen 3)",
                    HASWELL,
                    CacheSizes.ofKib(32, 512, 32 * 1024),
                    64,
                    "archspec zen3",
                    "zen3",
                    "milan"),
            x86(
                    "AMD EPYC 9654 (Zen 4)",
                    ZEN4,
                    CacheSizes.ofKib(32, 1024, 32 * 1024),
                    96,
                    "archspec zen4",
                    "zen4",
                    "genoa"),
            x86(
                    "AMD EPYC 9755 (Zen 5)",
                    ZEN5,
                    CacheSizes.ofKib(48, 1024, 32 * 1024),
                    128,
                    "archspec zen5",
                    "zen5",
                    "turin"));

    private KnownX86Cpus() {}

    private static Set<CpuFeature> with(Set<CpuFeature> base, CpuFeature... more) {
        final EnumSet<CpuFeature> all = EnumSet.copyOf(base);
        all.addAll(List.of(more));
        return all;
    }

    private static NamedCpu x86(
            String model, Set<CpuFeature> features, CacheSizes caches, int cores, String source, String... names) {
        final Cpu cpu =
                new Cpu(model, "", Architecture.X86_64, features, caches, cores, 0, "a named profile, after " + source);
        return new NamedCpu(List.of(names), cpu);
    }
}
