package dev.tilesmith.processor.asm;

import dev.tilesmith.cpu.CpuFeature;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a CPU must have to run an instruction, or a piece of code: of each of some sets of features, one. Most sets have one
 * feature; what Arm calls SVE can be run with SVE, or with SME in streaming mode.
 *
 * @param anyOf the sets, each equal to itself alone; none where every CPU of the architecture will do
 */
public record CpuNeeds(Set<Set<CpuFeature>> anyOf) {
    /** What every CPU of the architecture runs. */
    public static final CpuNeeds NONE = new CpuNeeds(Set.of());

    /** Copies the sets. */
    public CpuNeeds {
        anyOf = anyOf.stream()
                .map(set -> Collections.unmodifiableSet(EnumSet.copyOf(set)))
                .collect(Collectors.collectingAndThen(
                        Collectors.toCollection(LinkedHashSet::new), Collections::unmodifiableSet));
    }

    /**
     * Reads what tables of instructions say: features joined by {@code +}, where any of some will do these joined by {@code
     * |}: {@code AVX+GFNI}, {@code SVE2|SME}. Letters may be small, and hyphens stand for underscores.
     */
    public static CpuNeeds parse(String text) {
        return new CpuNeeds(Stream.of(
                        text.toUpperCase(Locale.ROOT).replace('-', '_').split("\\+", -1))
                .map(set ->
                        Stream.of(set.split("\\|", -1)).map(CpuFeature::valueOf).collect(Collectors.toSet()))
                .collect(Collectors.toCollection(LinkedHashSet::new)));
    }

    /** All of these and all of the others. */
    public CpuNeeds and(CpuNeeds others) {
        return new CpuNeeds(Stream.concat(anyOf.stream(), others.anyOf.stream())
                .collect(Collectors.toCollection(LinkedHashSet::new)));
    }

    /** Whether a CPU with these features has all that is needed. */
    public boolean metBy(Collection<CpuFeature> features) {
        return anyOf.stream().allMatch(set -> set.stream().anyMatch(features::contains));
    }

    /** As tables say it; empty where nothing is needed. */
    @Override
    public String toString() {
        return anyOf.stream()
                .map(set -> set.stream().map(CpuFeature::name).collect(Collectors.joining("|")))
                .collect(Collectors.joining("+"));
    }
}
