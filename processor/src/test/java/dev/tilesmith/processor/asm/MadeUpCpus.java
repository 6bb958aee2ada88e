package dev.tilesmith.processor.asm;

import dev.tilesmith.cpu.CpuFeature;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** CPUs that tell apart what instructions need: for each feature one that has little besides, and one that lacks little besides. */
public final class MadeUpCpus {
    private MadeUpCpus() {}

    /**
     * No feature, each with those implied, all, and all but each with those that imply it.
     *
     * @param implied features, with those that every CPU with the feature has
     */
    public static Stream<Set<CpuFeature>> of(Map<CpuFeature, Set<CpuFeature>> implied) {
        return Stream.of(
                        Stream.of(EnumSet.noneOf(CpuFeature.class), EnumSet.copyOf(implied.keySet())),
                        implied.entrySet().stream().map(entry -> {
                            final EnumSet<CpuFeature> with = EnumSet.of(entry.getKey());
                            with.addAll(entry.getValue());
                            return with;
                        }),
                        implied.keySet().stream().map(feature -> implied.keySet().stream()
                                .filter(other ->
                                        other != feature && !implied.get(other).contains(feature))
                                .collect(Collectors.toCollection(() -> EnumSet.noneOf(CpuFeature.class)))))
                .flatMap(cpus -> cpus);
    }
}
