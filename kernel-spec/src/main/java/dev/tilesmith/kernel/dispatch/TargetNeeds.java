package dev.tilesmith.kernel.dispatch;

import dev.tilesmith.code.CodeMemory;
import dev.tilesmith.cpu.Architecture;
import dev.tilesmith.cpu.CpuFeature;
import dev.tilesmith.cpu.Host;
import dev.tilesmith.runtime.Family;
import dev.tilesmith.spec.Format;
import dev.tilesmith.spec.Target;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What each target asks of the CPU, the JVM and the settings. */
public final class TargetNeeds {
    private TargetNeeds() {}

    /** Why a family does not run on a host; nothing if it does. */
    public static Optional<Unmet> unmet(Family family, Host host, Settings settings) {
        final Target target = family.target();
        return switch (target) {
            case SCALAR -> Optional.empty();
            case VECTOR_128 -> vectors(128, host);
            case VECTOR_256 -> vectors(256, host);
            case VECTOR_512 -> vectors(512, host);
            case AVX2, AVX_VNNI, AVX512, AVX512_VNNI, NEON_DOTPROD, NEON_I8MM, SME, SME2 ->
                architecture(target, host)
                        .or(() -> features(family, host))
                        .map(Unmet::byMachine)
                        .or(() -> noMachineCode(host, settings));
        };
    }

    private static Optional<Unmet> vectors(int bits, Host host) {
        return host.jvm()
                .noVectorApi()
                .map(Unmet::byStart)
                .or(() -> host.jvm().runs(bits)
                        ? Optional.empty()
                        : Optional.of(Unmet.byMachine(
                                "the JVM's vectors have " + host.jvm().preferredBits() + " bits here")));
    }

    /** Why no machine code runs, whatever the CPU; nothing if it does. */
    static Optional<Unmet> noMachineCode(Host host, Settings settings) {
        return settings.nativeCode()
                ? refusal(host)
                : Optional.of(Unmet.bySetting("machine code is off: -Dtilesmith.native=off"));
    }

    private static Optional<String> architecture(Target target, Host host) {
        final Architecture needed =
                switch (target) {
                    case AVX2, AVX_VNNI, AVX512, AVX512_VNNI -> Architecture.X86_64;
                    default -> Architecture.AARCH64;
                };
        return host.cpu().architecture() == needed
                ? Optional.empty()
                : Optional.of(
                        "it is for " + needed + ", and this is " + host.cpu().architecture());
    }

    private static Optional<String> features(Family family, Host host) {
        final boolean f32 = family.layout().format() == Format.F32; // needs no integer dot products
        final List<CpuFeature> needed =
                switch (family.target()) {
                    case AVX2 -> f16(family, CpuFeature.AVX2, CpuFeature.FMA);
                    case AVX_VNNI -> f16(family, CpuFeature.AVX2, CpuFeature.FMA, CpuFeature.AVX_VNNI);
                    case AVX512 -> List.of(CpuFeature.AVX512);
                    case AVX512_VNNI ->
                        f32 ? List.of(CpuFeature.AVX512) : List.of(CpuFeature.AVX512, CpuFeature.AVX512_VNNI);
                    case NEON_DOTPROD -> List.of(CpuFeature.NEON, CpuFeature.DOTPROD);
                    case NEON_I8MM -> List.of(CpuFeature.NEON, CpuFeature.DOTPROD, CpuFeature.I8MM);
                    case SME -> List.of(CpuFeature.SME);
                    case SME2 -> List.of(CpuFeature.SME, CpuFeature.SME2);
                    case SCALAR, VECTOR_128, VECTOR_256, VECTOR_512 -> List.of();
                };
        return host.cpu().hasAll(needed)
                ? Optional.empty()
                : Optional.of("the CPU lacks "
                        + host.cpu().missing(needed).stream()
                                .map(CpuFeature::label)
                                .collect(Collectors.joining(", ")));
    }

    /** With what converts scales in binary16, which AVX-512 has by itself. */
    private static List<CpuFeature> f16(Family family, CpuFeature... others) {
        return Stream.concat(
                        Stream.of(others), family.layout().hasBlocks() ? Stream.of(CpuFeature.F16C) : Stream.empty())
                .toList();
    }

    /** Whether this process may run machine code; of another host nothing is known, so it is taken to. */
    private static Optional<Unmet> refusal(Host host) {
        return host.equals(Host.current()) ? Probe.REFUSAL : Optional.empty();
    }

    /** Tried once: the answer does not change while the process lives. */
    private static final class Probe {
        static final Optional<Unmet> REFUSAL = CodeMemory.refusal(CodeMemory.ofSystem())
                .map(CodeMemory.isOnThisSystem() ? Unmet::byStart : Unmet::byMachine);

        private Probe() {}
    }
}
