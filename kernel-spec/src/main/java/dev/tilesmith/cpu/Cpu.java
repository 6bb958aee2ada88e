package dev.tilesmith.cpu;

import java.util.Collection;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/**
 * What a CPU can do.
 *
 * @param name the model, as the system or the maker calls it
 * @param signature how it identifies itself, where its name leaves open which it is: {@code family 25 model 1}, of one that
 *     a virtual machine calls AMD EPYC; empty where it does not tell, or the name says it
 * @param architecture its architecture
 * @param features what it has of that architecture's extensions, in the order of {@link CpuFeature}; unmodifiable
 * @param caches its data caches
 * @param cores the processors that a program may use, at least 1
 * @param streamingVectorBits the vector length of SME's streaming mode in bits, a power of two from 128 to 2048; 0
 *     where there is no SME or the length is not known
 * @param source how all this was learnt, for people
 */
public record Cpu(
        String name,
        String signature,
        Architecture architecture,
        Set<CpuFeature> features,
        CacheSizes caches,
        int cores,
        int streamingVectorBits,
        String source) {
    /** Checks that the parts agree with each other, and copies the set. */
    public Cpu {
        final EnumSet<CpuFeature> copy = EnumSet.noneOf(CpuFeature.class);
        copy.addAll(features);
        features = Collections.unmodifiableSet(copy);
        for (final CpuFeature feature : features) {
            if (feature.architecture() != architecture) {
                throw new IllegalArgumentException("features: " + feature + " belongs to " + feature.architecture()
                        + ", but the CPU is of " + architecture);
            }
        }
        if (cores < 1) {
            throw new IllegalArgumentException("cores: " + cores + "; expected at least 1");
        }
        if (streamingVectorBits != 0 && !isVectorLength(streamingVectorBits)) {
            throw new IllegalArgumentException(
                    "streamingVectorBits: " + streamingVectorBits + "; expected 0, or a power of two from 128 to 2048");
        }
    }

    /** Whether a streaming vector length is one that the architecture allows. */
    static boolean isVectorLength(int bits) {
        return bits >= 128 && bits <= 2048 && Integer.bitCount(bits) == 1;
    }

    /** Whether it has the feature. */
    public boolean has(CpuFeature feature) {
        return features.contains(feature);
    }

    /** Whether it has every one of the features. */
    public boolean hasAll(Collection<CpuFeature> wanted) {
        return features.containsAll(wanted);
    }

    /** Those of the features that it lacks, in the order of {@link CpuFeature}; unmodifiable. */
    public Set<CpuFeature> missing(Collection<CpuFeature> wanted) {
        final EnumSet<CpuFeature> lacking = EnumSet.noneOf(CpuFeature.class);
        lacking.addAll(wanted);
        lacking.removeAll(features);
        return Collections.unmodifiableSet(lacking);
    }
}
