package dev.tilesmith.cpu;

import java.util.EnumSet;
import java.util.Set;

/**
 * x86-64 where no system file tells: what follows from the vectors that the JIT itself uses.
 *
 * @param jvm what the JVM does with vectors
 */
record VectorWidth(JvmVectorSupport jvm) implements FeatureSearch {
    @Override
    public Finding find() {
        if (!jvm.moduleResolved()) {
            throw new IllegalStateException("the JVM's vector width is not known without jdk.incubator.vector");
        }
        final Set<CpuFeature> features = EnumSet.noneOf(CpuFeature.class);
        if (jvm.preferredBits() >= 256) {
            // HotSpot prefers 256 bits for every element type only with AVX2, whose CPUs all have SSE4.2 and AVX.
            features.addAll(Set.of(CpuFeature.SSE4_2, CpuFeature.AVX, CpuFeature.AVX2));
            if (jvm.fmaIsOneInstruction().orElse(false)) {
                // CPUs with AVX2 and FMA came with BMI1 and BMI2.
                features.addAll(Set.of(CpuFeature.FMA, CpuFeature.BMI1, CpuFeature.BMI2));
            }
        }
        if (jvm.preferredBits() >= 512) {
            // It prefers 512 bits for bytes only with F and BW; every CPU made with both has DQ and VL.
            features.add(CpuFeature.AVX512);
        }
        return new Finding(
                "x86-64",
                "",
                features,
                0,
                CacheSizes.DEFAULT,
                "the JVM's vectors of " + jvm.preferredBits() + " bits; extensions beyond those are not known");
    }
}
