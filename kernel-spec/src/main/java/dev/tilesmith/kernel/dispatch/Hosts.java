package dev.tilesmith.kernel.dispatch;

import dev.tilesmith.cpu.Architecture;
import dev.tilesmith.cpu.Cpu;
import dev.tilesmith.cpu.CpuFeature;
import dev.tilesmith.cpu.CpuProfile;
import dev.tilesmith.cpu.Host;
import dev.tilesmith.cpu.JvmVectorSupport;
import dev.tilesmith.cpu.JvmVectorSupport.Fma;
import dev.tilesmith.cpu.JvmVectorSupport.VectorModule;

/** Hosts that are not at hand. */
final class Hosts {
    private Hosts() {}

    /** A CPU with a JVM started as the documentation says, whose JIT uses the widest vectors the CPU has. */
    static Host of(CpuProfile profile) {
        return new Host(
                profile.cpu(), new JvmVectorSupport(VectorModule.RESOLVED, vectorBits(profile.cpu()), Fma.UNKNOWN));
    }

    private static int vectorBits(Cpu cpu) {
        if (cpu.has(CpuFeature.AVX512)) {
            return 512;
        }
        return cpu.architecture() == Architecture.X86_64 && cpu.has(CpuFeature.AVX2) ? 256 : 128;
    }
}
