package dev.tilesmith.cpu;

import dev.tilesmith.word.EditDistance;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A real CPU by name, to plan and explain for machines that are not at hand.
 *
 * <p>Features are what a program may use on every core, as published {@code /proc/cpuinfo} listings and the makers'
 * manuals have it. Two rules for phones: SVE counts as there though some kernels leave it off, and BF16 counts as absent
 * where erratum 2658417 of the Cortex-A510 makes Linux withdraw it. Sizes of caches are a core's, of the fastest kind;
 * level 3 is the part that this core reaches as its own (a CCX's on AMD); where none are published, {@link
 * CacheSizes#DEFAULT} stands in. Cores are those of the named part.
 *
 * @param names by which it is found, its own first
 * @param cpu what it can do
 */
public record CpuProfile(List<String> names, Cpu cpu) {
    private static final List<CpuProfile> ALL = Stream.concat(KnownArmCpus.ALL.stream(), KnownX86Cpus.ALL.stream())
            .map(known -> new CpuProfile(known.names(), known.cpu()))
            .toList();

    /** Copies the names. */
    public CpuProfile {
        names = List.copyOf(names);
        if (names.isEmpty()) {
            throw new IllegalArgumentException("names: none; expected at least one");
        }
    }

    /** Its own name: {@code graviton3}, {@code apple-m4}. */
    public String name() {
        return names.getFirst();
    }

    /** Every profile, Arm first. */
    public static List<CpuProfile> all() {
        return ALL;
    }

    /**
     * The profile of a name, whatever its case; hyphens, underscores, dots and spaces do not count.
     *
     * @throws IllegalArgumentException if there is none: the message names the nearest, and all
     */
    public static CpuProfile named(String name) {
        final Map<String, CpuProfile> byKey = new TreeMap<>();
        ALL.forEach(profile -> profile.names().forEach(known -> byKey.put(key(known), profile)));
        final CpuProfile found = byKey.get(key(name));
        if (found == null) {
            throw new IllegalArgumentException("cpu profile: '" + name + "' is unknown; did you mean '" + nearest(name)
                    + "'? Expected one of "
                    + ALL.stream()
                            .map(profile -> String.join(" = ", profile.names()))
                            .collect(Collectors.joining(", ")));
        }
        return found;
    }

    private static String nearest(String name) {
        return EditDistance.nearest(
                key(name),
                ALL.stream().flatMap(profile -> profile.names().stream()).toList(),
                CpuProfile::key);
    }

    private static String key(String name) {
        return name.toLowerCase(Locale.ROOT).replaceAll("[-_. ]", "");
    }
}
