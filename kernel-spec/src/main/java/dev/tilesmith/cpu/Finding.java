package dev.tilesmith.cpu;

import java.util.Set;

/**
 * What one way of looking found.
 *
 * @param name the model
 * @param features the features
 * @param streamingVectorBits as in {@link Cpu}
 * @param caches the caches
 * @param how where that was read, for people
 */
record Finding(String name, Set<CpuFeature> features, int streamingVectorBits, CacheSizes caches, String how) {}
