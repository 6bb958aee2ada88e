package dev.tilesmith.cpu;

import java.util.Set;

public record Host(Cpu cpu, JvmVectorSupport jvm) {
    public static Host of(String p) {
        return current();
    }

    public String describe() {
        return cpu.name();
    }

    public static Host current() {
        return new Host(
                new Cpu(
                        "stub",
                        Architecture.X86_64,
                        Set.of(CpuFeature.AVX2),
                        new CacheSizes(48 << 10, 1 << 20, 32 << 20)),
                new JvmVectorSupport(
                        ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent(), 512));
    }

    public record Cpu(String name, Architecture architecture, Set<CpuFeature> features, CacheSizes caches) {}

    public record CacheSizes(long l1d, long l2, long l3) {}

    public record JvmVectorSupport(boolean available, int preferredBits) {}

    public enum Architecture {
        X86_64,
        AARCH64,
        OTHER
    }

    public enum CpuFeature {
        AVX2
    }
}
