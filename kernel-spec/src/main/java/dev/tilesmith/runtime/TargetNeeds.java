package dev.tilesmith.runtime;

import dev.tilesmith.cpu.Host;
import dev.tilesmith.spec.Target;
import java.util.Optional;

/** What each target asks of the CPU, the JVM and the settings. */
final class TargetNeeds {
    private TargetNeeds() {}

    /** Why a target does not run on a host; nothing if it does. */
    static Optional<String> unmet(Target target, Host host, Settings settings) {
        return switch (target) {
            case SCALAR -> Optional.empty();
            case VECTOR_128 -> vectors(128, host);
            case VECTOR_256 -> vectors(256, host);
            case VECTOR_512 -> vectors(512, host);
            case AVX2, AVX_VNNI, AVX512_VNNI, NEON_DOTPROD, NEON_I8MM, SME, SME2 ->
                Optional.of(settings.nativeCode() ? "no machine code yet" : "machine code is off");
        };
    }

    private static Optional<String> vectors(int bits, Host host) {
        if (!host.jvm().available()) {
            return Optional.of("the JVM was started without --add-modules=jdk.incubator.vector");
        }
        return host.jvm().preferredBits() < bits
                ? Optional.of("the JVM's vectors have " + host.jvm().preferredBits() + " bits here")
                : Optional.empty();
    }
}
