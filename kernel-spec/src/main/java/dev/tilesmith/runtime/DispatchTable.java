package dev.tilesmith.runtime;

import dev.tilesmith.cpu.Host;
import dev.tilesmith.runtime.Choice.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;

/**
 * Every family of one declaration, in order of preference, and the choice among them for a host.
 *
 * @param <K> the declared interface
 */
public final class DispatchTable<K extends MatMulKernel> {
    private final String kernel;
    private final List<Entry<K>> entries;

    /**
     * One family.
     *
     * @param family what it is
     * @param factory makes a kernel of it, or of a part of its tiles, for a host; its code is not touched before that,
     *     for it may not link everywhere
     * @param <K> the declared interface
     */
    public record Entry<K>(Family family, BiFunction<Family, Host, K> factory) {}

    /** A table for the declaration named {@code kernel}, the best family first. */
    public DispatchTable(String kernel, List<Entry<K>> entries) {
        this.kernel = kernel;
        this.entries = List.copyOf(entries);
    }

    /**
     * A kernel of the first family that this CPU and JVM can run, or of the variant that {@code -Dtilesmith.variant}
     * names.
     *
     * @throws IllegalStateException if that variant cannot run here
     */
    public K best() {
        final Settings settings = Settings.current();
        final Optional<Variant> asked = settings.variant().filter(this::has);
        if (asked.isPresent()) {
            return kernel(asked.get());
        }
        final Host host = Host.current();
        return entries.stream()
                .filter(entry -> TargetNeeds.unmet(entry.family().target(), host, settings)
                        .isEmpty())
                .findFirst()
                .map(entry -> entry.factory().apply(entry.family(), host))
                .orElseThrow(() -> new IllegalStateException(kernel + ": no family runs here\n" + explain()));
    }

    /**
     * A kernel of the variant of this name and the shorter tiles of its family.
     *
     * @throws IllegalArgumentException if there is no such variant
     * @throws IllegalStateException if it cannot run here
     */
    public K kernel(String variant) {
        return kernel(Variant.parse(variant));
    }

    private K kernel(Variant variant) {
        final Entry<K> entry = entries.stream()
                .filter(candidate -> candidate.family().variants().contains(variant))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("variant: " + kernel + " has no '" + variant
                        + "'; it has: " + variants().stream().map(Variant::name).toList()));
        final Host host = Host.current();
        TargetNeeds.unmet(variant.target(), host, Settings.current()).ifPresent(reason -> {
            throw new IllegalStateException("variant: '" + variant + "' cannot run here: " + reason);
        });
        return entry.factory().apply(entry.family().upTo(variant.mr()), host);
    }

    private boolean has(Variant variant) {
        return variants().contains(variant);
    }

    /** Every variant, in order of preference of their families. */
    public List<Variant> variants() {
        return entries.stream()
                .flatMap(entry -> entry.family().variants().stream())
                .toList();
    }

    /** Every family of the table that can run here, in order of preference, as a kernel. */
    public List<K> usable() {
        final Host host = Host.current();
        final Settings settings = Settings.current();
        return entries.stream()
                .filter(entry -> TargetNeeds.unmet(entry.family().target(), host, settings)
                        .isEmpty())
                .map(entry -> entry.factory().apply(entry.family(), host))
                .toList();
    }

    /** What becomes of each family on a host, in order of preference. */
    public List<Choice> choices(Host host) {
        final Settings settings = Settings.current();
        final List<Choice> choices = new ArrayList<>();
        boolean chosen = false;
        for (final Entry<K> entry : entries) {
            final Optional<String> unmet = TargetNeeds.unmet(entry.family().target(), host, settings);
            if (unmet.isPresent()) {
                choices.add(new Choice(entry.family(), Verdict.UNUSABLE, unmet.get()));
            } else if (chosen) {
                choices.add(new Choice(entry.family(), Verdict.USABLE, "usable, but a better one comes before it"));
            } else {
                choices.add(new Choice(entry.family(), Verdict.CHOSEN, "the first that runs here"));
                chosen = true;
            }
        }
        return choices;
    }

    /** The choice and its reasons for this host, or for the CPU that {@code -Dtilesmith.cpu} names, as a table. */
    public String explain() {
        return explain(Settings.current().profile().map(Host::of).orElseGet(Host::current));
    }

    /** The choice and its reasons on another host. */
    public String explain(Host host) {
        return Explanation.of(kernel, host, choices(host));
    }
}
