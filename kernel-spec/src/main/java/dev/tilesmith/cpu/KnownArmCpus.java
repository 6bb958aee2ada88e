package dev.tilesmith.cpu;

import static dev.tilesmith.cpu.CpuFeature.BF16;
import static dev.tilesmith.cpu.CpuFeature.DOTPROD;
import static dev.tilesmith.cpu.CpuFeature.FHM;
import static dev.tilesmith.cpu.CpuFeature.FP16;
import static dev.tilesmith.cpu.CpuFeature.I8MM;
import static dev.tilesmith.cpu.CpuFeature.NEON;
import static dev.tilesmith.cpu.CpuFeature.SME;
import static dev.tilesmith.cpu.CpuFeature.SME2;
import static dev.tilesmith.cpu.CpuFeature.SME_F64F64;
import static dev.tilesmith.cpu.CpuFeature.SME_I16I64;
import static dev.tilesmith.cpu.CpuFeature.SVE;
import static dev.tilesmith.cpu.CpuFeature.SVE2;
import static dev.tilesmith.cpu.CpuFeature.SVE_BF16;
import static dev.tilesmith.cpu.CpuFeature.SVE_I8MM;

import java.util.List;
import java.util.Set;

/** Arm CPUs that one meets: servers, phones, Apple silicon, boards. */
final class KnownArmCpus {
    /** Neoverse N1 and Cortex-A76: Armv8.2 with f16 and dot products. */
    private static final Set<CpuFeature> ARMV8_2 = Set.of(NEON, FP16, DOTPROD);

    /** Neoverse V1: Armv8.4 with SVE, i8mm and bf16. */
    private static final Set<CpuFeature> NEOVERSE_V1 =
            Set.of(NEON, FP16, FHM, DOTPROD, I8MM, BF16, SVE, SVE_I8MM, SVE_BF16);

    /** Armv9.0: Neoverse N2 and V2. */
    private static final Set<CpuFeature> ARMV9_0 =
            Set.of(NEON, FP16, FHM, DOTPROD, I8MM, BF16, SVE, SVE2, SVE_I8MM, SVE_BF16);

    /** Armv9.0 with Cortex-A510 r0p0 to r1p1, on which Linux withdraws BF16 (but not SVE's) by erratum 2658417. */
    private static final Set<CpuFeature> ARMV9_0_PHONE =
            Set.of(NEON, FP16, FHM, DOTPROD, I8MM, SVE, SVE2, SVE_I8MM, SVE_BF16);

    private static final Set<CpuFeature> APPLE_M1 = Set.of(NEON, FP16, FHM, DOTPROD);
    private static final Set<CpuFeature> APPLE_M2 = Set.of(NEON, FP16, FHM, DOTPROD, I8MM, BF16);
    private static final Set<CpuFeature> APPLE_M4 =
            Set.of(NEON, FP16, FHM, DOTPROD, I8MM, BF16, SME, SME_I16I64, SME_F64F64, SME2);

    /** Apple's cores have lines of 128 bytes, as {@code hw.cachelinesize} says. */
    private static final int APPLE_LINE = 128;

    static final List<NamedCpu> ALL = List.of(
            arm(
                    "AWS Graviton2 (Neoverse-N1)",
                    ARMV8_2,
                    CacheSizes.ofKib(64, 1024, 32 * 1024),
                    64,
                    "archspec/archspec-json issue 41",
                    "graviton2",
                    "neoverse-n1"),
            arm(
                    "AWS Graviton3 (Neoverse-V1)",
                    NEOVERSE_V1,
                    CacheSizes.ofKib(64, 1024, 32 * 1024),
                    64,
                    "archspec neoverse_v1; pytorch/cpuinfo issue 369",
                    "graviton3",
                    "neoverse-v1"),
            arm(
                    "AWS Graviton4 (Neoverse-V2)",
                    ARMV9_0,
                    CacheSizes.ofKib(64, 2048, 36 * 1024),
                    96,
                    "archspec neoverse_v2; pytorch/cpuinfo issue 369",
                    "graviton4",
                    "neoverse-v2"),
            arm(
                    "Alibaba Yitian 710 (Neoverse-N2)",
                    ARMV9_0,
                    CacheSizes.ofKib(64, 1024, 64 * 1024),
                    128,
                    "hrw/arm-socs-table issue 80",
                    "yitian710",
                    "neoverse-n2"),
            arm(
                    "NVIDIA Grace (Neoverse-V2)",
                    ARMV9_0,
                    CacheSizes.ofKib(64, 1024, 114 * 1024),
                    72,
                    "archspec/archspec-json issue 83; open-mpi/hwloc issue 689",
                    "grace"),
            arm(
                    "Ampere Altra (Neoverse-N1)",
                    ARMV8_2,
                    CacheSizes.ofKib(64, 1024, 32 * 1024),
                    80,
                    "archspec/archspec-json issue 41",
                    "altra",
                    "ampere-altra"),
            arm(
                    "Google Tensor G3 (Cortex-X3 + Cortex-A715 + Cortex-A510)",
                    ARMV9_0_PHONE,
                    CacheSizes.DEFAULT,
                    9,
                    "hrw/arm-socs-table issue 99",
                    "tensor-g3",
                    "google-tensor-g3"),
            arm(
                    "Qualcomm Snapdragon 8 Gen 1 (Cortex-X2 + Cortex-A710 + Cortex-A510)",
                    ARMV9_0_PHONE,
                    CacheSizes.ofKib(64, 1024, 6 * 1024),
                    8,
                    "hrw/arm-socs-table issues 89 and 125",
                    "snapdragon-8-gen-1"),
            arm(
                    "MediaTek Dimensity 9000 (Cortex-X2 + Cortex-A710 + Cortex-A510)",
                    ARMV9_0_PHONE,
                    CacheSizes.ofKib(64, 1024, 8 * 1024),
                    8,
                    "hrw/arm-socs-table issue 87",
                    "dimensity-9000"),
            apple("Apple M1", APPLE_M1, 12, 8, 0, "pytorch/cpuinfo issue 380", "apple-m1", "m1"),
            apple("Apple M2", APPLE_M2, 16, 8, 0, "archspec m2; archspec/archspec-json pull 55", "apple-m2", "m2"),
            // SME without SVE: scalable vectors exist in streaming mode alone.
            apple("Apple M4", APPLE_M4, 16, 10, 512, "pytorch/cpuinfo pull 363; iree pull 21427", "apple-m4", "m4"),
            arm(
                    "Raspberry Pi 5 (Cortex-A76)",
                    ARMV8_2,
                    CacheSizes.ofKib(64, 512, 2 * 1024),
                    4,
                    "hrw/arm-socs-table issue 96; raspberrypi/linux pull 6061",
                    "raspberry-pi-5",
                    "rpi5",
                    "cortex-a76"),
            arm(
                    "Raspberry Pi 4 (Cortex-A72)",
                    Set.of(NEON),
                    CacheSizes.ofKib(32, 1024, 0),
                    4,
                    "nicolargo/glances issue 2616; raspberrypi/linux pull 4751",
                    "raspberry-pi-4",
                    "rpi4",
                    "cortex-a72"));

    private KnownArmCpus() {}

    private static NamedCpu arm(
            String model, Set<CpuFeature> features, CacheSizes caches, int cores, String source, String... names) {
        return profile(model, features, caches, cores, 0, source, names);
    }

    private static NamedCpu apple(
            String model,
            Set<CpuFeature> features,
            int l2Mib,
            int cores,
            int streamingVectorBits,
            String source,
            String... names) {
        final CacheSizes caches = new CacheSizes(128 << 10, l2Mib << 20, 0, APPLE_LINE);
        return profile(model, features, caches, cores, streamingVectorBits, source, names);
    }

    private static NamedCpu profile(
            String model,
            Set<CpuFeature> features,
            CacheSizes caches,
            int cores,
            int streamingVectorBits,
            String source,
            String... names) {
        final Cpu cpu = new Cpu(
                model,
                "",
                Architecture.AARCH64,
                features,
                caches,
                cores,
                streamingVectorBits,
                "a named profile, after " + source);
        return new NamedCpu(List.of(names), cpu);
    }
}
