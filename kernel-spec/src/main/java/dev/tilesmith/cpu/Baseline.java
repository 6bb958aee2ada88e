package dev.tilesmith.cpu;

import java.util.Set;

/**
 * What every CPU of the architecture has: the last way, which is always open.
 *
 * @param architecture the architecture
 */
record Baseline(Architecture architecture) implements FeatureSearch {
    @Override
    public Finding find() {
        return switch (architecture) {
            case X86_64 -> finding("x86-64", Set.of());
            case AARCH64 -> finding(ArmCores.UNKNOWN, Set.of(CpuFeature.NEON));
            case OTHER -> finding("a CPU that is neither x86-64 nor 64-bit Arm", Set.of());
        };
    }

    private static Finding finding(String name, Set<CpuFeature> features) {
        return new Finding(
                name,
                "",
                features,
                0,
                CacheSizes.DEFAULT,
                "the baseline of the architecture, as nothing more is known");
    }
}
