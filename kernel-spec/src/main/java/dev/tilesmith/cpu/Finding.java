package dev.tilesmith.cpu;

import java.util.Set;

/**
 * What one way of looking found.
 *
 * @param name the model
 * @param signature as in {@link Cpu}
 * @param features the features
 * @param streamingVectorBits as in {@link Cpu}
 * @param caches the caches
 * @param how where that was read, for people
 */
record Finding(
        String name,
        String signature,
        Set<CpuFeature> features,
        int streamingVectorBits,
        CacheSizes caches,
        String how) {}
