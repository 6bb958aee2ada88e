package dev.tilesmith.kernel.dispatch;

import dev.tilesmith.code.CodeRefusedException;
import dev.tilesmith.cpu.CpuProfile;
import dev.tilesmith.cpu.Host;
import dev.tilesmith.kernel.drive.Lineup;
import dev.tilesmith.kernel.layout.PanelFamily;
import dev.tilesmith.runtime.Choice;
import dev.tilesmith.runtime.Choice.Verdict;
import dev.tilesmith.runtime.DispatchTable;
import dev.tilesmith.runtime.MatMulKernel;
import dev.tilesmith.setting.Settings;
import dev.tilesmith.spec.Target;
import dev.tilesmith.spec.Variant;
import dev.tilesmith.tune.Tuning;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The table of a declaration, over its generated families.
 *
 * @param <K> the declared interface
 */
public final class FamilyTable<K extends MatMulKernel> implements DispatchTable<K> {
    private static final Logger LOG = System.getLogger(DispatchTable.class.getName());

    private final String kernel;
    private final Function<Lineup, K> binder;
    private final List<FamilyEntry> entries;

    /**
     * A table of a declaration.
     *
     * @param kernel the name of the declared interface
     * @param binder makes a kernel of what it is to compute by
     * @param entries the families, in order of preference
     */
    public FamilyTable(String kernel, Function<Lineup, K> binder, List<FamilyEntry> entries) {
        this.kernel = kernel;
        this.binder = binder;
        this.entries = List.copyOf(entries);
    }

    @Override
    public K best() {
        final Settings settings = Settings.current();
        final Optional<Variant> asked = settings.variant().map(Variant::parse).filter(this::has);
        if (asked.isPresent()) {
            return kernel(asked.get(), Tuning.of(asked.get().target()));
        }
        final K best = usable(settings)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(kernel + ": no family runs here\n" + explain()));
        final Target served = best.family().target();
        if (isHeldBack(served, settings)) {
            StartWarning.give(served);
        }
        return best;
    }

    /** Whether families before {@code served} were left out for how the JVM was started. */
    private boolean isHeldBack(Target served, Settings settings) {
        final Host host = Host.current();
        return entries.stream()
                .map(FamilyEntry::family)
                .takeWhile(family -> family.target() != served)
                .flatMap(family -> TargetNeeds.unmet(family, host, settings).stream())
                .anyMatch(unmet -> unmet.cause() == Unmet.Cause.START);
    }

    @Override
    public K kernel(String variant) {
        final Variant named = Variant.parse(variant);
        return kernel(named, Tuning.of(named.target()));
    }

    @Override
    public K kernel(Variant variant, Tuning tuning) {
        final FamilyEntry entry = entries.stream()
                .filter(candidate -> candidate.family().variants().contains(variant))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("variant: " + kernel + " has no '" + variant
                        + "'; it has: " + variants().stream().map(Variant::name).toList()));
        final Host host = Host.current();
        TargetNeeds.unmet(entry.family(), host, Settings.current()).ifPresent(unmet -> {
            throw new IllegalStateException("variant: '" + variant + "' cannot run here: " + unmet.reason());
        });
        try {
            return bound(entry, entry.family().upTo(variant.mr()), host, tuning);
        } catch (CodeRefusedException e) {
            throw new IllegalStateException("variant: '" + variant + "' cannot run here: " + e.getMessage(), e);
        }
    }

    private K bound(FamilyEntry entry, PanelFamily family, Host host, Tuning tuning) throws CodeRefusedException {
        return binder.apply(Lineup.of(entry.factory().make(family, host, tuning)));
    }

    private boolean has(Variant variant) {
        return variants().contains(variant);
    }

    @Override
    public List<Variant> variants() {
        return entries.stream()
                .flatMap(entry -> entry.family().variants().stream())
                .toList();
    }

    @Override
    public List<K> usable() {
        return usable(Settings.current()).toList();
    }

    private Stream<K> usable(Settings settings) {
        final Host host = Host.current();
        return entries.stream()
                .filter(entry ->
                        TargetNeeds.unmet(entry.family(), host, settings).isEmpty())
                .flatMap(entry -> make(entry, host).stream());
    }

    /** Memory for code may run out between two families: then the next one serves. */
    private Optional<K> make(FamilyEntry entry, Host host) {
        try {
            return Optional.of(
                    bound(entry, entry.family(), host, Tuning.of(entry.family().target())));
        } catch (CodeRefusedException e) {
            LOG.log(Level.WARNING, kernel + ": " + entry.family().target() + " is left out: " + e.getMessage());
            return Optional.empty();
        }
    }

    @Override
    public List<Choice> choices(Host host) {
        final Settings settings = Settings.current();
        final Optional<Variant> asked = settings.variant().map(Variant::parse).filter(this::has);
        final List<Choice> choices = new ArrayList<>();
        boolean chosen = false;
        for (final FamilyEntry entry : entries) {
            final PanelFamily family = entry.family();
            final Optional<Unmet> unmet = TargetNeeds.unmet(family, host, settings);
            final boolean preferred = asked.map(family.variants()::contains).orElse(!chosen);
            if (unmet.isPresent()) {
                choices.add(new Choice(family, Verdict.UNUSABLE, unmet.get().reason()));
            } else if (preferred) {
                choices.add(chosen(family, asked));
                chosen = true;
            } else {
                choices.add(new Choice(
                        family,
                        Verdict.USABLE,
                        asked.isPresent()
                                ? "usable, but another was asked for"
                                : "usable, but a better one comes before it"));
            }
        }
        return choices;
    }

    /** With the tiles that are used: of a variant that was asked for, no taller ones. */
    private static Choice chosen(PanelFamily family, Optional<Variant> asked) {
        return asked.map(variant -> new Choice(
                        family.upTo(variant.mr()), Verdict.CHOSEN, "-Dtilesmith.variant asks for " + variant))
                .orElseGet(() -> new Choice(family, Verdict.CHOSEN, "the first that runs here"));
    }

    @Override
    public String explain() {
        return explain(Settings.current().cpu().map(FamilyTable::hostOf).orElseGet(Host::current));
    }

    private static Host hostOf(String name) {
        return Hosts.of(CpuProfile.named(name));
    }

    @Override
    public String explain(CpuProfile profile) {
        return explain(Hosts.of(profile));
    }

    @Override
    public String explain(Host host) {
        return Explanation.of(kernel, host, choices(host));
    }
}
