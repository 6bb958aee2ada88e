package dev.tilesmith.cpu;

import java.io.IOException;
import java.util.Collection;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.Predicate;

/** One way to look at the CPU of this machine. */
sealed interface FeatureSearch permits LinuxX86, LinuxArm, AppleArm, VectorWidth, Baseline {
    /**
     * Looks.
     *
     * @throws IOException if a file cannot be read
     * @throws RuntimeException if this way is closed, whatever the reason
     */
    Finding find() throws IOException;

    /** Those features of an architecture for which the test holds. */
    static Set<CpuFeature> select(Architecture architecture, Predicate<CpuFeature> test) {
        final EnumSet<CpuFeature> found = EnumSet.noneOf(CpuFeature.class);
        for (final CpuFeature feature : CpuFeature.values()) {
            if (feature.architecture() == architecture && test.test(feature)) {
                found.add(feature);
            }
        }
        return found;
    }

    /** Those features of an architecture whose flags are all there. */
    static Set<CpuFeature> flagged(Architecture architecture, Collection<String> flags) {
        return select(architecture, feature -> flags.containsAll(feature.flags()));
    }
}
