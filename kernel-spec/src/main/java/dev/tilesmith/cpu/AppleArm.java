package dev.tilesmith.cpu;

import java.util.EnumSet;
import java.util.Set;

/**
 * macOS on Apple silicon: what {@code sysctlbyname} says.
 *
 * @param system where to ask
 */
record AppleArm(SystemSource system) implements FeatureSearch {
    @Override
    public Finding find() {
        final Set<CpuFeature> features = EnumSet.of(CpuFeature.NEON);
        features.addAll(FeatureSearch.select(Architecture.AARCH64, feature -> feature.sysctl()
                .filter(name -> system.sysctl(name) != 0)
                .isPresent()));
        final int streamingVectorBits = streamingVectorBits();
        if (streamingVectorBits == 0) {
            // The system reports what the silicon has, and a length of 0 where it lets no program into streaming mode.
            features.removeAll(Set.of(CpuFeature.SME, CpuFeature.SME_I16I64, CpuFeature.SME_F64F64, CpuFeature.SME2));
        }
        final String name = system.sysctlText("machdep.cpu.brand_string");
        return new Finding(
                name.isEmpty() ? ArmCores.UNKNOWN : name,
                "",
                features,
                features.contains(CpuFeature.SME) ? streamingVectorBits : 0,
                caches(),
                "hw.optional.arm by sysctlbyname");
    }

    private int streamingVectorBits() {
        final long bits = system.sysctl("hw.optional.arm.sme_max_svl_b") * Byte.SIZE;
        return bits <= Integer.MAX_VALUE && Cpu.isVectorLength((int) bits) ? (int) bits : 0;
    }

    /** The performance cores' caches: perflevel0 is the fastest kind. No level 3 is a core's own. */
    private CacheSizes caches() {
        return new CacheSizes(
                size("hw.perflevel0.l1dcachesize", CacheSizes.DEFAULT.l1d()),
                size("hw.perflevel0.l2cachesize", CacheSizes.DEFAULT.l2()),
                0,
                size("hw.cachelinesize", CacheSizes.DEFAULT.line()));
    }

    private int size(String name, int otherwise) {
        final long size = system.sysctl(name);
        return size > 0 && size <= Integer.MAX_VALUE ? (int) size : otherwise;
    }
}
